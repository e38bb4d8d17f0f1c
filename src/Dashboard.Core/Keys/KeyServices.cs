using Dashboard.Core.Access;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Redis;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Core.Keys.Protection.Reencryption.Redis;
using Dashboard.Core.Keys.Protection.Reencryption.Sqlite;
using Dashboard.Core.Keys.Protection.Sqlite;
using Dashboard.Core.Keys.Redis;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Sqlite;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys;

internal static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<KeyOptions, KeyOptionsValidator>().BindConfiguration(KeyOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyOptions>, KeyOptionsRules>());
        services.AddOptions<MasterKeyOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.Key = configuration[MasterKeyOptions.KeySetting];
            options.File = configuration[MasterKeyOptions.FileSetting];
            options.NewFile = configuration[MasterKeyOptions.NewFileSetting];
        });
        services.AddSingleton<MasterKeySource>();
        services.AddStore<ISecretStore, SqliteSecretStore, RedisSecretStore>();
        services.AddTable<RedisSecretTable>("secrets", "name");
        services.AddSingleton(provider => new SourceCheck("secrets", rows =>
            SystemSecrets.Check(provider.GetRequiredService<MasterKeySource>(), rows)));
        services.AddSingleton(new CarriedOver("signing_keys", ["key_id"], (_, _) => true) { AddsNew = true, DropsOld = true });
        services.AddSingleton(new SealedColumn("secrets", "value", row => row.Text("name")));
        services.AddSingleton(new SealedColumn(
            "signing_keys", "sealed_private_part", row => SealedPurposes.OfKey(row.Text("key_id"), row.Text("algorithm"))));
        services.AddSingleton<SystemSecrets>();
        services.AddStore<IReencryptionStore, SqliteReencryptionStore, RedisReencryptionStore>();
        services.AddSingleton(provider => new MasterKeyChange(
            provider.GetRequiredService<IReencryptionStore>(),
            provider.GetRequiredService<SystemSecrets>(),
            provider.GetRequiredService<MasterKeySource>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>()));
        services.AddStore<IDataProtectionKeyStore, SqliteDataProtectionKeyStore, RedisDataProtectionKeyStore>();
        services.AddTable<RedisDataProtectionKeyTable>("data_protection_keys", "name");
        services.AddStore<IKeyStore, SqliteKeyStore, RedisKeyStore>();
        services.AddTable<RedisKeyTable>("signing_keys", "key_id");
        services.AddSingleton(provider => new KeyRing(
            provider.GetRequiredService<IKeyStore>(),
            provider.GetRequiredService<SystemSecrets>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<KeyOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<KeyRingFollower>();
        return services.AddKeyUses().AddMaking().AddRotation();
    }

    private static IServiceCollection AddMaking(this IServiceCollection services)
    {
        services.AddOptions<GivenKeyOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.Secret = configuration[GivenKeyOptions.SecretSetting];
            options.PrivateKey = configuration[GivenKeyOptions.PrivateKeySetting];
            options.KeyId = configuration[GivenKeyOptions.KeyIdSetting];
        });
        services.AddSingleton<GivenKeys>();
        return services.AddSingleton(provider => new KeyMaking(
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static IServiceCollection AddRotation(this IServiceCollection services)
    {
        services.AddSingleton(provider => new KeyRotation(
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<IKeyUsage>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IOptions<KeyOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new KeyRetirement(
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<IKeyUsage>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new KeyPlan(
            provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<IOptions<KeyOptions>>()));
        services.AddSingleton<KeySchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<KeySchedule>());
        return services;
    }
}
