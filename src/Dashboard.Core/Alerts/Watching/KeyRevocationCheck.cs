using Dashboard.Core.Keys;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Tells of keys that were revoked, by whomever and on whatever node: each once.</summary>
internal sealed class KeyRevocationCheck(KeyRing ring, AlertBook book, TimeProvider clock) : IAlertCheck
{
    // Longer than any node stands still; history is kept for much longer, so none is told of twice.
    private static readonly TimeSpan Back = TimeSpan.FromDays(7);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public TimeSpan Interval => AlertChecks.Tick;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Back;
        foreach (var key in ring.All.Where(key => key.State is KeyState.Revoked && key.RevokedAt > since && !_told.Contains(key.KeyId)))
        {
            await book.RaiseAsync(
                new AlertDraft(
                    AlertKinds.KeyRevoked,
                    key.KeyId,
                    AlertSeverity.Critical,
                    $"A signing key was revoked ({key.Algorithm})",
                    $"Everything that key {key.KeyId} signed is refused from now on. Whoever holds such a token has to get a new one; the "
                    + "audit log says who revoked it and why.",
                    "/keys")
                {
                    At = key.RevokedAt,
                    IsOnce = true,
                },
                cancellationToken);
            _told.Add(key.KeyId);
        }
    }
}
