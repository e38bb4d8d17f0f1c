namespace Dashboard.Core.Tokens.Revocation;

/// <summary>
/// What came into <see cref="RevocationList"/> in which order, so that somebody who follows it can be told what is new alone.
/// Numbers are of this process: another one, and the same after a restart, counts anew.
/// </summary>
internal sealed class RevocationJournal
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private long _last;

    public void Add(string tokenId, DateTimeOffset expiresAt) => Add(number => new Entry(number, tokenId, expiresAt, null));

    public void Add(TokenRevocation cutOff) => Add(number => new Entry(number, null, default, cutOff));

    /// <summary>
    /// Up to <paramref name="limit"/> entries behind a number; with the number to go on from, and whether there are more now.
    /// </summary>
    public (IReadOnlyList<Entry> Entries, long Position, bool HasMore) Read(long after, int limit)
    {
        lock (_gate)
        {
            var start = FirstAfter(after);
            var count = Math.Min(limit, _entries.Count - start);
            var hasMore = start + count < _entries.Count;
            return (_entries.GetRange(start, count), hasMore ? _entries[start + count - 1].Number : _last, hasMore);
        }
    }

    /// <summary>Drops what the list has dropped.</summary>
    public void Forget(Predicate<Entry> isForgotten)
    {
        lock (_gate)
        {
            _entries.RemoveAll(isForgotten);
        }
    }

    private void Add(Func<long, Entry> entry)
    {
        lock (_gate)
        {
            _entries.Add(entry(++_last));
        }
    }

    private int FirstAfter(long number)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].Number <= number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>One token, or one cut-off.</summary>
    /// <param name="Number">Its place.</param>
    /// <param name="TokenId">The <c>jti</c>; null for a cut-off.</param>
    /// <param name="ExpiresAt">When the token expires; the latest time there is where that is not known.</param>
    /// <param name="CutOff">Null for a token.</param>
    internal sealed record Entry(long Number, string? TokenId, DateTimeOffset ExpiresAt, TokenRevocation? CutOff);
}
