using System.Net;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>Looks at every server once, at start: what would lose data is refused or said.</summary>
internal sealed class RedisChecks(ConnectionMultiplexer connection, int replicas, ILogger logger)
{
    private static readonly Version Oldest = new(7, 0);

    /// <summary>Checks every server that takes writes.</summary>
    /// <exception cref="StartupException">A server is too old, forgets keys when its memory is full, or cannot wait for replicas.</exception>
    public async Task RunAsync()
    {
        foreach (var endpoint in connection.GetEndPoints())
        {
            var server = connection.GetServer(endpoint);
            if (server is { IsConnected: true, IsSlave: false })
            {
                await CheckAsync(server);
            }
        }
    }

    private async Task CheckAsync(IServer server)
    {
        var facts = (await server.InfoAsync()).SelectMany(section => section)
            .DistinctBy(fact => fact.Key, StringComparer.Ordinal)
            .ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal);
        if (!Version.TryParse(facts.GetValueOrDefault("redis_version"), out var version) || version < Oldest)
        {
            throw new StartupException(
                $"Redis at {server.EndPoint} has version {version?.ToString() ?? "unknown"}, but Signet needs {Oldest} or newer.",
                StartupException.StoreUnusable);
        }

        if (facts.GetValueOrDefault("maxmemory_policy") is { } policy and not "noeviction")
        {
            throw new StartupException(
                $"Redis at {server.EndPoint} forgets keys when its memory is full (maxmemory-policy {policy}), and with them "
                + "revocations. Set 'maxmemory-policy noeviction'.",
                StartupException.StoreUnusable);
        }

        if (replicas > 0 && server.ServerType is ServerType.Cluster)
        {
            throw new StartupException(
                $"{StorageOptions.Section}:{nameof(StorageOptions.RedisReplicas)} must be 0 for a cluster: a client cannot say which "
                + "of its servers should wait. Set 'min-replicas-to-write 1' on them.",
                StartupException.WrongSetting);
        }

        await WarnOfLossAsync(server, facts);
        if (replicas == 0 && facts.GetValueOrDefault("connected_slaves") is not (null or "0"))
        {
            logger.NotReplicated(server.EndPoint.ToString()!);
        }

        WarnOfOpenConnection(server);
    }

    private async Task WarnOfLossAsync(IServer server, Dictionary<string, string> facts)
    {
        var sync = await ReadAsync(server, "appendfsync");
        var saves = await ReadAsync(server, "save");
        switch (facts.GetValueOrDefault("aof_enabled"), sync)
        {
            case ("1", null or "always"):
                break;
            case ("1", _):
                logger.PersistedLate($"appendfsync {sync}");
                break;
            case (_, _) when saves is "":
                logger.NothingPersisted();
                break;
            default:
                logger.PersistedLate("snapshots");
                break;
        }
    }

    private void WarnOfOpenConnection(IServer server)
    {
        var settings = ConfigurationOptions.Parse(connection.Configuration);
        var isHere = server.EndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address)
            || server.EndPoint is DnsEndPoint { Host: "localhost" };
        if (!isHere && (!settings.Ssl || string.IsNullOrEmpty(settings.Password)))
        {
            logger.OpenConnection(server.EndPoint.ToString()!);
        }
    }

    // Servers that others run often refuse to show their configuration: then nothing is known, and nothing said.
    private static async Task<string?> ReadAsync(IServer server, string setting)
    {
        try
        {
            return (await server.ConfigGetAsync(setting)) is [var found, ..] ? found.Value : null;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }
}
