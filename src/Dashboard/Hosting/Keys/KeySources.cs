using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;

namespace Dashboard.Hosting.Keys;

/// <summary>A key with what it was used for.</summary>
public sealed record KeyRowView(SigningKey Key, KeyUsage Usage, KeyUse Use)
{
    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset Since => Key.State switch
    {
        KeyState.Current => Key.CurrentSince,
        KeyState.Previous => Key.PreviousSince,
        KeyState.Retired => Key.RetiredAt,
        KeyState.Revoked => Key.RevokedAt,
        _ => null,
    } ?? Key.CreatedAt;
}

/// <summary>Where the page of keys, the API and the command line read from.</summary>
public sealed class KeySources(KeyRing ring, KeyPlan plan, IKeyUsage usage, KeyUses uses, TimeProvider clock)
{
    public KeyRing Ring => ring;

    public KeyPlan Plan => plan;

    /// <summary>Every key with what it was used for, newest first.</summary>
    public async Task<IReadOnlyList<KeyRowView>> ReadAsync(CancellationToken cancellationToken)
    {
        var used = await uses.ReadAsync(cancellationToken);
        List<KeyRowView> rows = [];
        foreach (var key in ring.All)
        {
            rows.Add(await ReadAsync(key, used, cancellationToken));
        }

        return rows;
    }

    /// <summary>One key with what it was used for; null where there is none with this <c>kid</c>.</summary>
    public async Task<KeyRowView?> FindAsync(string keyId, CancellationToken cancellationToken) => ring.Find(keyId) is { } key
        ? await ReadAsync(key, await uses.ReadAsync(cancellationToken), cancellationToken)
        : null;

    private async Task<KeyRowView> ReadAsync(
        SigningKey key, IReadOnlyDictionary<string, KeyUse> used, CancellationToken cancellationToken) => new(
        key,
        await usage.ReadUsageAsync(key.KeyId, clock.GetUtcNow(), cancellationToken),
        used.GetValueOrDefault(key.KeyId, KeyUse.None));
}
