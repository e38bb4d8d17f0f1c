using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.Redis;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Operators.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Throttling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators;

internal static class OperatorServices
{
    /// <summary>Registers operators; the web adds its <see cref="IPasswordHashing"/>.</summary>
    public static IServiceCollection AddOperators(this IServiceCollection services)
    {
        services.AddOptions<FirstOperatorOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.UserName = configuration[FirstOperatorOptions.UserSetting] is { Length: > 0 } name ? name : options.UserName;
            options.Password = configuration[FirstOperatorOptions.PasswordSetting];
        });
        services.AddOptionsWithValidateOnStart<PasswordOptions, PasswordOptionsValidator>()
            .BindConfiguration(PasswordOptions.Section);
        services.AddStore<IOperatorStore, SqliteOperatorStore, RedisOperatorStore>();
        services.AddTable<RedisOperatorTable>("operators", "id");
        services.AddSingleton(new CarriedOver("operators", ["id"], (_, _) => true)
        {
            Merge = (backup, now) => backup
                .Like(now, "password_hash", "security_stamp", "must_change_password", "second_factors")
                .With(("enabled", Math.Min(backup.Number("enabled"), now.Number("enabled")))),
        });
        services.AddOptions<SecondFactorOptions>().BindConfiguration(SecondFactorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecondFactorOptions>, SecondFactorOptionsRules>();
        services.AddSingleton<HashingSlots>();
        services.AddSingleton<OperatorBootstrap>();
        services.AddSingleton(provider => new OperatorDirectory(provider.GetRequiredService<IOperatorStore>()));
        services.AddSingleton<OperatorChanges>();
        services.AddSingleton(provider => new OperatorAdministration(
            provider.GetRequiredService<IOperatorStore>(),
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<OperatorChanges>(),
            provider.GetRequiredService<IPasswordHashing>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<LoginThrottle>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new OperatorUnlocking(
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<LoginThrottle>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>()));
        services.AddHostedService<OperatorFollower>();
        services.AddSingleton(provider => new OperatorLogin(
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<OperatorChanges>(),
            provider.GetRequiredService<IPasswordHashing>(),
            provider.GetRequiredService<HashingSlots>(),
            provider.GetRequiredService<LoginThrottle>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new PasswordChanger(
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<OperatorChanges>(),
            provider.GetRequiredService<IPasswordHashing>(),
            provider.GetRequiredService<HashingSlots>(),
            provider.GetRequiredService<LoginThrottle>()));
        return services.AddSecondFactors();
    }

    private static IServiceCollection AddSecondFactors(this IServiceCollection services) => services
        .AddSingleton<AuthenticatorSeeds>()
        .AddSingleton<RecoveryCodes>()
        .AddSingleton(provider => new SecondFactorCheck(
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<OperatorChanges>(),
            provider.GetRequiredService<AuthenticatorSeeds>(),
            provider.GetRequiredService<RecoveryCodes>(),
            provider.GetRequiredService<LoginThrottle>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new SecondFactorChanges(
            provider.GetRequiredService<OperatorDirectory>(),
            provider.GetRequiredService<OperatorChanges>(),
            provider.GetRequiredService<AuthenticatorSeeds>(),
            provider.GetRequiredService<RecoveryCodes>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IOptions<SecondFactorOptions>>(),
            provider.GetRequiredService<IOptions<SignetOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
}
