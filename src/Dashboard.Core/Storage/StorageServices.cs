using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignetOptions, SignetOptionsValidator>()
            .BindConfiguration(SignetOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignetOptions>, SignetOptionsRules>());
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>()
            .BindConfiguration(StorageOptions.Section);
        services.AddSingleton<SqliteFile>();
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IStoreHealth, SqliteStoreHealth>();
        return services;
    }
}
