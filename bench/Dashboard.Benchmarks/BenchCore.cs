using Dashboard.Core;
using Dashboard.Core.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Benchmarks;

/// <summary>The core on a folder or on a Redis, without a web server.</summary>
internal sealed class BenchCore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchCore(ServiceProvider services) => _services = services;

    /// <summary>Starts the core on what <paramref name="place"/> names: a folder, or <c>redis://host:port</c>.</summary>
    public static async Task<BenchCore> StartAsync(string place, KeyAlgorithm algorithm = KeyAlgorithm.RS256)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Signet:Issuer"] = "http://localhost:8001",
                ["Keys:Algorithm"] = algorithm.ToString(),
            })
            .AddInMemoryCollection(StoreOf(place))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddDashboardCore()
            .BuildServiceProvider();
        await services.StartDashboardCoreAsync(CancellationToken.None);
        return new BenchCore(services);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts what runs in the background, as a server does.</summary>
    public async Task StartHostedAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopHostedAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Dictionary<string, string?> StoreOf(string place) =>
        place.StartsWith("redis://", StringComparison.Ordinal) && new Uri(place) is { Authority: var address }
            ? new()
            {
                ["Storage:Kind"] = "redis",
                ["Storage:Redis"] = address,
                // Seeding floods it with far more at once than any deployment would.
                ["Storage:Timeout"] = "00:00:30",
                // Holds the master key, which the next run needs too.
                ["Signet:DataFolder"] = Path.Combine(Path.GetTempPath(), $"signet-bench-{address.Replace(':', '-')}"),
            }
            : new() { ["Signet:DataFolder"] = place };
}
