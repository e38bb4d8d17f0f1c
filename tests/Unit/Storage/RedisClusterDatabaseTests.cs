using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Telemetry;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Storage;

[Collection<RedisClusterTests>]
public sealed class RedisClusterDatabaseTests(RedisCluster cluster)
{
    private const string Count = "return redis.call('INCR', KEYS[1])";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_spread_over_the_nodes_and_each_lies_on_one()
    {
        List<RedisServer> owners = [];
        for (var store = 0; store < 12; store++)
        {
            await using var database = await OpenAsync(cluster.Settings($"spread-{store}"));
            Assert.Equal(1, await CountAsync(database));
            owners.Add(await OwnerOfAsync(database));
        }

        Assert.Equal(3, owners.Distinct().Count());
    }

    [Fact]
    public async Task Scripts_that_a_node_lost_are_sent_again()
    {
        await using var database = await OpenAsync();
        await CountAsync(database);
        Assert.Equal("+OK", await (await OwnerOfAsync(database)).TellAsync("SCRIPT", "FLUSH", "SYNC"));

        Assert.Equal(2, await CountAsync(database));
    }

    [Fact]
    public async Task A_store_that_moves_to_another_node_goes_on_there()
    {
        await using var database = await OpenAsync();
        await CountAsync(database);

        var from = await OwnerOfAsync(database);
        await MoveAsync(database, from, cluster.Nodes.First(node => node != from));

        var counted = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => CountAsync(database))));
        Assert.Equal(Enumerable.Range(2, 32), counted.Order());
        Assert.NotEqual(from, await OwnerOfAsync(database));
    }

    [Fact]
    public async Task The_cluster_is_found_from_one_of_its_nodes()
    {
        foreach (var node in cluster.Nodes)
        {
            var settings = cluster.Settings();
            settings["Storage:Redis"] = node.Address;
            await using var database = await OpenAsync(settings);

            Assert.Equal(1, await CountAsync(database));
        }
    }

    [Fact]
    public async Task A_node_that_forgets_keys_refuses_the_start_wherever_the_store_lies()
    {
        foreach (var node in cluster.Nodes)
        {
            await node.TellAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            await using var database = Create(cluster.Settings("forgetful"));

            var refused = await Assert.ThrowsAsync<StartupException>(() => database.OpenAsync(Stop));

            Assert.Contains(node.Address, refused.Message, StringComparison.Ordinal);
            await node.TellAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
    }

    private async Task<RedisDatabase> OpenAsync(Dictionary<string, string?>? settings = null)
    {
        var database = Create(settings ?? cluster.Settings());
        await database.OpenAsync(Stop);
        return database;
    }

    private static RedisDatabase Create(Dictionary<string, string?> settings) => new(
        Options.Create(new StorageOptions { Redis = settings["Storage:Redis"], RedisPrefix = settings["Storage:RedisPrefix"]! }),
        new StoreMeters(new SignetMeters()),
        NullLogger<RedisDatabase>.Instance);

    private static async Task<int> CountAsync(RedisDatabase database) =>
        (int)await database.EvaluateAsync(Count, [database.Keys.EventNumber], [], Stop);

    private async Task<RedisServer> OwnerOfAsync(RedisDatabase database)
    {
        var answers = await Task.WhenAll(cluster.Nodes.Select(node => node.TellAsync("EXISTS", database.Keys.EventNumber!)));
        return cluster.Nodes[Array.IndexOf(answers, ":1")];
    }

    private static async Task MoveAsync(RedisDatabase database, RedisServer from, RedisServer to)
    {
        var slot = (await from.TellAsync("CLUSTER", "KEYSLOT", database.Keys.Store!))![1..];
        var (source, target) = (await from.TellAsync("CLUSTER", "MYID"), await to.TellAsync("CLUSTER", "MYID"));
        string?[] answers =
        [
            await to.TellAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", source!),
            await from.TellAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", target!),
            await from.TellAsync(
                "MIGRATE", "127.0.0.1", $"{to.Port}", "", "0", "5000", "KEYS", database.Keys.Store!, database.Keys.EventNumber!),
            await to.TellAsync("CLUSTER", "SETSLOT", slot, "NODE", target!),
            await from.TellAsync("CLUSTER", "SETSLOT", slot, "NODE", target!),
        ];
        Assert.All(answers, answer => Assert.Equal("+OK", answer));
    }
}
