using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.Live;
using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;
using Dashboard.Core.Tokens.Ledger.Sqlite;
using Dashboard.Core.Tokens.Memory;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Refresh.Redis;
using Dashboard.Core.Tokens.Refresh.Sqlite;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Core.Tokens.Renewal;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Revocation.Redis;
using Dashboard.Core.Tokens.Revocation.Sqlite;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens;

internal static class TokenServices
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TokenOptions, TokenOptionsValidator>().BindConfiguration(TokenOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenOptions>, TokenOptionsRules>());
        return services.AddLedger().AddChecks().AddIssuingAndValidation().AddRefresh().AddRevocation().AddResourceServers().AddPurging();
    }

    private static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddStore<ITokenLedger, SqliteTokenLedger, RedisTokenLedger>();
        services.AddTable<RedisLedgerTable>("ledger", "rowid");
        services.AddSingleton(new CarriedOver("ledger", ["token_id"], (row, since) => since.Covers(row, "revoked_at"))
        {
            Merge = (backup, now) => backup.Like(now, "revoked_at", "revoked_by", "revoked_reason"),
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TokenOptions>>().Value;
            return new LongestToken(options.MaximumLifetime, options.ClockSkew);
        });
        services.AddSingleton<IKeyUsage>(provider => provider.GetRequiredService<ITokenLedger>());
        services.AddSingleton<TokenMemory>();
        services.AddSingleton(provider => new TokenDirectory(
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<RevocationList>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TokenTimelines(provider.GetRequiredService<EventLog>()));
        services.AddSingleton<PresentationRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<PresentationRecorder>());
        return services;
    }

    private static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddSingleton<FormatCheck>()
        .AddSingleton<AlgorithmCheck>()
        .AddSingleton<IssuerCheck>()
        .AddSingleton<KeyCheck>()
        .AddSingleton<SignatureCheck>()
        .AddSingleton<TypeCheck>()
        .AddSingleton<RequiredClaimsCheck>()
        .AddSingleton<LifetimeCheck>()
        .AddSingleton<AudienceCheck>()
        .AddSingleton<LedgerCheck>()
        .AddSingleton<RevocationCheck>()
        .AddSingleton<ClientCheck>()
        .AddSingleton<AgentCheck>()
        .AddSingleton<SubjectCheck>()
        .AddSingleton<HolderBinding>()
        .AddSingleton<BindingCheck>()
        .AddSingleton<ScopeCheck>()
        .AddSingleton<TokenChecks>();

    private static IServiceCollection AddIssuingAndValidation(this IServiceCollection services) => services
        .AddSingleton(provider => new TokenIssuer(
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<LiveKitWriter>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<TokenMemory>(),
            provider.GetRequiredService<RevocationList>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<KeyUses>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<IOptions<SignetOptions>>(),
            provider.GetRequiredService<IOptions<TokenOptions>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<RefusalRecorder>()
        .AddSingleton(provider => new TokenValidator(
            provider.GetRequiredService<TokenChecks>(),
            provider.GetRequiredService<TokenMemory>(),
            provider.GetRequiredService<PresentationRecorder>(),
            provider.GetRequiredService<RefusalRecorder>(),
            provider.GetRequiredService<KeyUses>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new TokenReporter(
            provider.GetRequiredService<TokenChecks>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<RevocationList>(),
            provider.GetRequiredService<IssuerKeys>(),
            provider.GetRequiredService<IOptions<SignetOptions>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new TokenRenewals(
            provider.GetRequiredService<TokenReporter>(),
            provider.GetRequiredService<TokenIssuer>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<IOptions<TokenOptions>>()));

    private static IServiceCollection AddRefresh(this IServiceCollection services)
    {
        services.AddStore<IRefreshTokenStore, SqliteRefreshTokenStore, RedisRefreshTokenStore>();
        services.AddTable<RedisRefreshFamilyTable>("refresh_families", "family");
        services.AddTable<RedisRefreshTokenTable>("refresh_tokens", "hash");
        services.AddSingleton(new CarriedOver("refresh_families", ["family"], (row, since) => since.Covers(row, "revoked_at")));
        services.AddSingleton(new CarriedOver("refresh_tokens", ["hash"], (row, since) => since.Covers(row, "used_at")));
        services.AddSingleton<RefreshTokens>();
        return services;
    }

    private static IServiceCollection AddRevocation(this IServiceCollection services)
    {
        services.AddStore<IRevocationStore, SqliteRevocationStore, RedisRevocationStore>();
        services.AddTable<RedisRevocationTable>("revocations", "id");
        services.AddSingleton(new CarriedOver("revocations", ["id"], (_, _) => true) { AddsNew = true });
        services.AddSingleton<RevocationList>();
        services.AddSingleton<RevocationWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RevocationWorker>());
        services.AddHostedService<RevocationFollower>();
        services.AddSingleton(provider => new TokenRevocations(
            provider.GetRequiredService<IRevocationStore>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<IRefreshTokenStore>(),
            provider.GetRequiredService<RevocationList>(),
            provider.GetRequiredService<RevocationWorker>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static IServiceCollection AddResourceServers(this IServiceCollection services) => services
        .AddSingleton<Suspensions>()
        .AddSuspensionFollower(ChangeKind.Clients, suspensions => suspensions.LoadClientsAsync)
        .AddSuspensionFollower(ChangeKind.Agents, suspensions => suspensions.LoadAgentsAsync)
        .AddSingleton(provider => new RevocationFeed(
            provider.GetRequiredService<RevocationList>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<Suspensions>(),
            provider.GetRequiredService<ScopeHierarchy>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<TokenOptions>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PresentationReports(
            provider.GetRequiredService<TokenMemory>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<PresentationRecorder>(),
            provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddSuspensionFollower(
        this IServiceCollection services, ChangeKind kind, Func<Suspensions, Func<string?, CancellationToken, Task>> load) =>
        services.AddSingleton<IHostedService>(provider => new SuspensionFollower(
            kind,
            load(provider.GetRequiredService<Suspensions>()),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SuspensionFollower>>()));

    private static IServiceCollection AddPurging(this IServiceCollection services) => services
        .AddSingleton(provider => new PurgeStep("tokens", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<ITokenLedger>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<TokenOptions>>().Value.LedgerRetention, limit, term, cancellationToken))
        {
            Setting = $"{TokenOptions.Section}:{nameof(TokenOptions.LedgerRetention)}",
        })

        // Expired ones are refused by the clock, used or not; some time beyond, because clocks are set back.
        .AddSingleton(provider => new PurgeStep("refresh tokens", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IRefreshTokenStore>().PurgeAsync(
                now - RefreshTokens.Kept, limit, term, cancellationToken)))

        // A finished revocation stands in the rows that it covered then. What a grant of before it gave at that very moment, on
        // another node, is refused by the cut-off itself for as long as it could live.
        .AddSingleton(provider => new PurgeStep("revocations", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IRevocationStore>().PurgeAsync(
                now - Longer(
                    provider.GetRequiredService<IOptions<TokenOptions>>().Value.LedgerRetention,
                    TokenOptions.LongestLifetime + RefreshTokens.Kept),
                limit,
                term,
                cancellationToken)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
