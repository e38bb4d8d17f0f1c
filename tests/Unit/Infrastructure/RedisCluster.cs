namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A real Redis Cluster of three masters. Only tests of <see cref="RedisClusterTests"/> start it.</summary>
public sealed class RedisCluster : IAsyncLifetime
{
    private const int Slots = 16_384;

    private readonly int[] _busPorts = [RedisServer.FreePort(), RedisServer.FreePort(), RedisServer.FreePort()];
    private readonly RedisServer[] _nodes;

    public RedisCluster() => _nodes =
    [
        // By default the bus takes the port plus 10,000, which a free port may not have.
        .. _busPorts.Select(port => new RedisServer(
            "--cluster-enabled", "yes", "--cluster-node-timeout", "5000", "--cluster-port", $"{port}")),
    ];

    /// <summary>The three masters; each holds a third of the slots.</summary>
    internal IReadOnlyList<RedisServer> Nodes => _nodes;

    /// <summary>Settings of a core that uses this cluster and shares nothing with other tests.</summary>
    internal Dictionary<string, string?> Settings(string? prefix = null) => new(_nodes[0].Settings(prefix), StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:Redis"] = string.Join(',', _nodes.Select(node => node.Address)),
    };

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.StartAsync()));
        for (var index = 0; index < _nodes.Length; index++)
        {
            await _nodes[index].TellAsync(
                "CLUSTER", "ADDSLOTSRANGE", $"{Slots * index / _nodes.Length}", $"{(Slots * (index + 1) / _nodes.Length) - 1}");
            await _nodes[index].TellAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{index + 1}");
        }

        for (var index = 1; index < _nodes.Length; index++)
        {
            await _nodes[0].TellAsync("CLUSTER", "MEET", "127.0.0.1", $"{_nodes[index].Port}", $"{_busPorts[index]}");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await IsReadyAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    // A node answers for a key, or says who does, only while it knows that every slot is held.
    private async Task<bool> IsReadyAsync()
    {
        var answers = await Task.WhenAll(_nodes.Select(node => node.TellAsync("EXISTS", "anything")));
        return Array.TrueForAll(answers, answer => answer is ":0" || answer?.StartsWith("-MOVED", StringComparison.Ordinal) is true);
    }
}

/// <summary>Tests on one cluster, which starts with the first of them and takes them one class at a time.</summary>
[CollectionDefinition]
public sealed class RedisClusterTests : ICollectionFixture<RedisCluster>;
