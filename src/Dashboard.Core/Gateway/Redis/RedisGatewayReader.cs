using System.Text.Json;
using Dashboard.Core.Primitives;
using StackExchange.Redis;

namespace Dashboard.Core.Gateway.Redis;

/// <summary>
/// Reads what a running gateway keeps in its Redis, with commands that only read and hold nobody up. What expires meanwhile is
/// passed over.
/// </summary>
internal sealed class RedisGatewayReader(TimeProvider clock) : IGatewayReader
{
    private const int KeysAtOnce = 500;
    private const string SessionPrefix = "redis:session:";

    private static readonly string[] Patterns = ["oauth:*", $"{SessionPrefix}*"];

    public async Task<GatewayData> ReadAsync(
        string connection, string? password, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var options = RedisAddress.Parse(connection);
            options.Password ??= string.IsNullOrEmpty(password) ? null : password;
            using var redis = await ConnectionMultiplexer.ConnectAsync(options);
            var takenAt = clock.GetUtcNow();
            Dictionary<string, List<GatewayEntry>> found = new(StringComparer.Ordinal);
            var read = 0;
            foreach (var pattern in Patterns)
            {
                await foreach (var key in KeysAsync(redis, pattern, cancellationToken))
                {
                    await AddAsync(redis.GetDatabase(), key, found);
                    read += key.Count;
                    progress?.Report(new GatewayProgress("keys", read, read));
                }
            }

            return DataOf(takenAt, found);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ArgumentException)
        {
            // Neither names a password; what else it says of the address is what was typed.
            throw new StartupException(
                "The gateway’s Redis cannot be read. Check the address, such as localhost:6379,password=… or redis://:…@localhost:6379/0, "
                + "that the server runs, and its password.",
                StartupException.StoreUnusable,
                exception);
        }
    }

    // By hand: the client's own way falls back to KEYS, which stops everything else there.
    private static async IAsyncEnumerable<IReadOnlyList<string>> KeysAsync(
        ConnectionMultiplexer redis,
        string pattern,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A walk may give a key twice.
        HashSet<string> seen = new(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = (RedisResult[])(await redis.GetDatabase().ExecuteAsync("SCAN", cursor, "MATCH", pattern, "COUNT", KeysAtOnce))!;
            cursor = (string)answer[0]!;
            yield return [.. ((string[])answer[1]!).Where(seen.Add)];
        }
        while (cursor is not "0");
    }

    private static async Task AddAsync(IDatabase redis, IReadOnlyList<string> keys, Dictionary<string, List<GatewayEntry>> found)
    {
        var places = keys.Select(key => (Key: key, Place: PlaceOf(key))).Where(item => item.Place is not null).ToList();
        var entries = await Task.WhenAll(places.Select(item => ReadAsync(redis, item.Key, item.Place!.Value)));
        foreach (var (sort, entry) in places.Select(item => item.Place!.Value.Sort).Zip(entries).Where(item => item.Second is not null))
        {
            if (!found.TryGetValue(sort, out var list))
            {
                found[sort] = list = [];
            }

            list.Add(entry!);
        }
    }

    private static async Task<GatewayEntry?> ReadAsync(IDatabase redis, string key, (string Sort, string Name) place)
    {
        var (typing, living) = (redis.KeyTypeAsync(key), redis.KeyTimeToLiveAsync(key));
        var type = await typing;
        if (type is RedisType.None)
        {
            return null;
        }

        // Whole seconds, as the gateway's own backups have them.
        var ttl = await living is { } left ? (long)left.TotalSeconds : -1;
        var value = type switch
        {
            // Messages of whole conversations, which do not come along.
            _ when place.Sort is GatewaySorts.Sessions => null,
            RedisType.String => (string?)await redis.StringGetAsync(key),
            RedisType.Set => JsonSerializer.Serialize((await redis.SetMembersAsync(key)).Select(member => (string)member!)),
            _ => null,
        };
        return new GatewayEntry(place.Name, NameOf(type), ttl, value);
    }

    private static (string Sort, string Name)? PlaceOf(string key)
    {
        if (key.StartsWith(SessionPrefix, StringComparison.Ordinal))
        {
            return (GatewaySorts.Sessions, key[SessionPrefix.Length..]);
        }

        return key.Split(':', 3) switch
        {
            [_, "client", var name] => (GatewaySorts.Registrations, name),
            [_, "token", var name] => (GatewaySorts.Tokens, name),
            [_, "refresh", var name] => (GatewaySorts.RefreshTokens, name),
            [_, "user_tokens", var name] => (GatewaySorts.UserTokens, name),
            [_, "state", var name] => (GatewaySorts.States, name),
            [_, "code", var name] => (GatewaySorts.Codes, name),
            _ => null,
        };
    }

    private static GatewayData DataOf(DateTimeOffset takenAt, Dictionary<string, List<GatewayEntry>> found)
    {
        return new GatewayData
        {
            TakenAt = takenAt,
            Registrations = Of(GatewaySorts.Registrations),
            Tokens = Of(GatewaySorts.Tokens),
            RefreshTokens = Of(GatewaySorts.RefreshTokens),
            UserTokens = Of(GatewaySorts.UserTokens),
            States = Of(GatewaySorts.States),
            Codes = Of(GatewaySorts.Codes),
            Sessions = Of(GatewaySorts.Sessions),
        };

        IReadOnlyList<GatewayEntry> Of(string sort) =>
            [.. found.GetValueOrDefault(sort, []).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static string NameOf(RedisType type) => type switch
    {
        RedisType.String => "string",
        RedisType.Set => "set",
        RedisType.List => "list",
        RedisType.Hash => "hash",
        _ => "other",
    };
}
