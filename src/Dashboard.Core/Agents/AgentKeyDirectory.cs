using System.Collections.Frozen;
using System.Text.Json;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Agents;

/// <summary>Every agent key, in memory: each token of an agent is asked about. It follows changes made anywhere.</summary>
public sealed class AgentKeyDirectory : IDisposable
{
    private readonly IAgentKeyStore _store;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _keys = Snapshot.Of([]);

    internal AgentKeyDirectory(IAgentKeyStore store) => _store = store;

    /// <summary>Every key, newest first; when they were used last may be old.</summary>
    public IReadOnlyList<AgentKey> All => _keys.Sorted;

    /// <summary>Finds by id; null where there is none.</summary>
    public AgentKey? Find(string? id) => id is null ? null : _keys.ById.GetValueOrDefault(id);

    /// <summary>The key that this is a secret of at a time; null where it is none, or one that has ended.</summary>
    public AgentKey? FindBySecret(string secret, DateTimeOffset now)
    {
        var hash = AgentKeySecrets.Hash(secret);
        return _keys.ByHash.GetValueOrDefault(Convert.ToHexString(hash)) is { } key
            && key.Secrets.Any(kept => kept.WorksAt(now) && kept.Hash.AsSpan().SequenceEqual(hash))
            ? key
            : null;
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>The id of the key that a token for registering was got with; null where it names none.</summary>
    internal static string? KeyIdIn(JsonElement claims) =>
        claims.TryGetProperty(ClaimNames.AgentKey, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>True where a key has or had a secret with this hash.</summary>
    internal bool Knows(byte[] hash) => _keys.ByHash.ContainsKey(Convert.ToHexString(hash));

    /// <summary>Loads every key. Call once at start, and after a change so that whoever made it sees it.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        // One at a time: an older reading must not replace a newer one.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            _keys = Snapshot.Of(await _store.ReadAsync(cancellationToken));
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Snapshot(
        FrozenDictionary<string, AgentKey> ById, FrozenDictionary<string, AgentKey> ByHash, IReadOnlyList<AgentKey> Sorted)
    {
        public static Snapshot Of(IReadOnlyList<AgentKey> keys) => new(
            keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal),
            keys.SelectMany(key => key.Secrets.Select(secret => (Hash: Convert.ToHexString(secret.Hash), Key: key)))
                .DistinctBy(pair => pair.Hash, StringComparer.Ordinal)
                .ToFrozenDictionary(pair => pair.Hash, pair => pair.Key, StringComparer.Ordinal),
            keys);
    }
}
