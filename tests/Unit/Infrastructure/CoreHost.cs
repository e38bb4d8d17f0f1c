using Dashboard.Core;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>The real core on a folder of its own, without a web server; time stands still until a test moves it.</summary>
internal sealed class CoreHost : IAsyncDisposable
{
    public const string Issuer = "https://signet.example.com";

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _configure;
    private readonly bool _startsHosted;
    private readonly string _root;
    private ServiceProvider _services;

    private CoreHost(Dictionary<string, string?> settings, Action<IServiceCollection>? configure, bool startsHosted)
    {
        (_settings, _configure, _startsHosted) = (settings, configure, startsHosted);
        _root = Path.GetDirectoryName(Folder)!;
        _services = Build();
    }

    public ManualClock Clock { get; } = new();

    public string Folder => _settings["Signet:DataFolder"]!;

    public string DatabaseFile => Path.Combine(Folder, "signet.db");

    public IServiceProvider Services => _services;

    /// <summary>Starts the core in a fresh temporary folder.</summary>
    /// <param name="settings">Settings beyond issuer, folder and algorithm, or instead of them.</param>
    /// <param name="hosted">Whether the background services run too.</param>
    /// <param name="configure">Services to replace.</param>
    public static async Task<CoreHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null,
        bool hosted = false,
        Action<IServiceCollection>? configure = null)
    {
        var host = Create(settings, hosted, configure);
        await host.OpenAsync();
        return host;
    }

    /// <summary>A core that was not started: for tests of what happens when it is.</summary>
    public static CoreHost Create(
        IReadOnlyDictionary<string, string?>? settings = null,
        bool hosted = false,
        Action<IServiceCollection>? configure = null)
    {
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Signet:Issuer"] = Issuer,
            ["Signet:DataFolder"] = Path.Combine(Directory.CreateTempSubdirectory("signet-core-").FullName, "data"),
            // Made in no time, unlike an RSA key.
            ["Keys:Algorithm"] = "ES256",
        };
        foreach (var (name, value) in StoreKinds.Default.Concat(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal)))
        {
            all[name] = value;
        }

        return new CoreHost(all, configure, hosted);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts what <see cref="Create"/> built, as the program does.</summary>
    public async Task OpenAsync()
    {
        await _services.StartDashboardCoreAsync(TestContext.Current.CancellationToken);
        if (_startsHosted)
        {
            await StartHostedAsync();
        }
    }

    public async Task StartHostedAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    public async Task StopHostedAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends everything and starts again on the same folder: a restart.</summary>
    public async Task ReopenAsync(params (string Name, string? Value)[] settings)
    {
        await RebuildAsync(settings);
        await OpenAsync();
    }

    /// <summary>Ends everything and builds it again with other settings, without starting it.</summary>
    public async Task RebuildAsync(params (string Name, string? Value)[] settings)
    {
        await CloseAsync();
        foreach (var (name, value) in settings)
        {
            _settings[name] = value;
        }

        _services = Build();
    }

    /// <summary>Ends everything and leaves the folder.</summary>
    public async Task CloseAsync()
    {
        if (_startsHosted)
        {
            await StopHostedAsync();
        }

        await _services.DisposeAsync();
    }

    /// <summary>Runs SQL on the file behind the core's back.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Spoils the place of a kind of data, so that the store can neither read nor write it any more.</summary>
    /// <param name="table">Where SQLite keeps it.</param>
    /// <param name="key">Where Redis keeps it.</param>
    public async Task SpoilAsync(string table, Func<RedisKeys, RedisKey> key)
    {
        if (!IsOnRedis)
        {
            Tamper($"ALTER TABLE {table} RENAME TO lost;");
            return;
        }

        var redis = Get<RedisDatabase>();
        await redis.RunAsync(database => database.StringSetAsync(key(redis.Keys), "spoilt"), TestContext.Current.CancellationToken);
    }

    /// <summary>The bytes of every file of the store: nothing that was ever written hides in a log.</summary>
    public byte[] ReadStoreBytes()
    {
        using var all = new MemoryStream();
        foreach (var file in IsOnRedis ? RedisServer.Shared.Files : Directory.GetFiles(Folder, "signet.db*").Where(IsData))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.CopyTo(all);
        }

        return all.ToArray();
    }

    private bool IsOnRedis => _settings["Storage:Kind"] is "redis";

    private static bool IsData(string file) => !file.EndsWith(".lock", StringComparison.Ordinal);

    public SqliteDatabase Database => Get<SqliteDatabase>();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();

        // A page that is gone may still have something written, and a database appear beside what is being deleted.
        await Eventually.TrueAsync(IsDeleted);
    }

    private bool IsDeleted()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging(logging => logging.ClearProviders())
            .AddDashboardCore();
        _configure?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
