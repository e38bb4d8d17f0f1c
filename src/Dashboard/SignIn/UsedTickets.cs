namespace Dashboard.SignIn;

/// <summary>
/// Which one-time tickets were used. Known to this node alone; only circuits give tickets out, so that it is filled by
/// people with a proven browser. Once full, it takes no further ticket before one of the known has expired.
/// </summary>
public sealed class UsedTickets(TimeProvider clock)
{
    internal const int MostTickets = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _expiryOf = new(StringComparer.Ordinal);

    /// <summary>True for the first of any number of concurrent calls with this id.</summary>
    internal bool TryUse(string id, DateTimeOffset expiresAt)
    {
        lock (_gate)
        {
            if (_expiryOf.Count >= MostTickets)
            {
                ForgetExpired();
            }

            return _expiryOf.Count < MostTickets && _expiryOf.TryAdd(id, expiresAt);
        }
    }

    private void ForgetExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var (id, expiresAt) in _expiryOf)
        {
            if (expiresAt <= now)
            {
                _expiryOf.Remove(id);
            }
        }
    }
}
