using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;

namespace Dashboard.Keys;

/// <summary>A key with what it was used for.</summary>
public sealed record KeyRowView(SigningKey Key, KeyUsage Usage, KeyUse Use);

/// <summary>Where the page of keys and the API read from.</summary>
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
            rows.Add(new KeyRowView(
                key,
                await usage.ReadUsageAsync(key.KeyId, clock.GetUtcNow(), cancellationToken),
                used.GetValueOrDefault(key.KeyId, KeyUse.None)));
        }

        return rows;
    }
}
