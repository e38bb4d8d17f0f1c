using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Sessions.Redis;
using Dashboard.Core.Sessions.Sqlite;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions;

internal static class SessionServices
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SessionOptions, SessionOptionsValidator>()
            .BindConfiguration(SessionOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionOptions>, SessionOptionsRules>());
        services.AddOptionsWithValidateOnStart<BindingOptions, BindingOptionsValidator>()
            .BindConfiguration(BindingOptions.Section);
        services.AddStore<ISessionStore, SqliteSessionStore, RedisSessionStore>();
        services.AddTable<RedisSessionTable>("sessions", "session");
        services.AddSingleton(new CarriedOver("sessions", ["session"], (row, since) => since.Covers(row, "ended_at"))
        {
            Merge = (backup, now) => backup.Like(now, "ended_at", "ended_reason"),
        });
        services.AddSingleton(new EndedByRestore("sessions", (row, at) => row["ended_at"] is not null
            ? row
            : row.With(("ended_at", at.ToUnixTimeMilliseconds()), ("ended_reason", SessionEndReason.Revoked.Code))));
        services.AddSingleton<SessionCache>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<FingerprintHasher>();
        services.AddSingleton<HeaderBand>();
        services.AddSingleton<BindingCapture>();
        services.AddSingleton<CircuitProof>();
        services.AddSingleton<SessionCeiling>();
        services.AddSingleton(provider => new SessionEnding(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<TokenRevocations>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionDirectory(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<SessionLimits>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<SessionCeiling>(),
            provider.GetRequiredService<BindingCapture>(),
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionGuard(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<HeaderBand>(),
            provider.GetRequiredService<CircuitProof>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptionsMonitor<BindingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionRenewals(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<BindingCapture>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SessionRegister(
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<AccessControl>()));
        services.AddSingleton<SessionHistory>();
        services.AddHostedService<SessionCacheFollower>();
        services.AddHostedService<SessionSweeper>();
        services.AddSingleton(provider => new PurgeStep("sessions", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<ISessionStore>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<SessionOptions>>().Value.Retention, limit, term, cancellationToken))
        {
            Setting = $"{SessionOptions.Section}:{nameof(SessionOptions.Retention)}",
        });
        return services;
    }
}
