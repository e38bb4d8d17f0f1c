using Dashboard.Core;
using Dashboard.Core.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Benchmarks;

/// <summary>The core on a folder, without a web server.</summary>
internal sealed class BenchCore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchCore(ServiceProvider services) => _services = services;

    public static async Task<BenchCore> StartAsync(string folder, KeyAlgorithm algorithm = KeyAlgorithm.RS256)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Signet:Issuer"] = "http://localhost:8001",
            ["Signet:DataFolder"] = folder,
            ["Keys:Algorithm"] = algorithm.ToString(),
        }).Build();
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

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
