using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Answers a filter along the ways that were planned for it.</summary>
internal sealed class LedgerQuery(RedisDatabase database, LedgerPlan plan)
{
    private static readonly RedisValue[] Summed = ["client", "subject", "expires_at", "key_id"];

    private readonly LedgerRows _rows = new(database);
    private readonly LedgerWalk _walk = new(database, plan);

    /// <summary>Finds up to <paramref name="limit"/> places before the cursor, newest first.</summary>
    public async Task<IReadOnlyList<LedgerPlace>> FindAsync(PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        var range = plan.Range.Before(cursor);
        var found = await Task.WhenAll(plan.Ways.Select(way => FindAsync(way, range, limit, cancellationToken)));
        return found is [var only]
            ? only
            : [.. LedgerPlace.NewestFirst(found.SelectMany(places => places).Distinct()).Take(limit)];
    }

    /// <summary>Reads up to <paramref name="limit"/> rows before the cursor, newest first.</summary>
    public async Task<List<LedgerEntry>> ReadAsync(PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        List<LedgerEntry> rows = [];
        IReadOnlyList<LedgerPlace> places;
        int missing;
        do
        {
            // A row that is purged in between leaves a gap, which must not look like the end.
            missing = limit - rows.Count;
            places = await FindAsync(cursor, missing, cancellationToken);
            rows.AddRange(await _rows.ReadAsync(places, cancellationToken));
            cursor = places is [.., var last] ? new PageCursor(last.IssuedAt, last.TokenId) : cursor;
        }
        while (rows.Count < limit && places.Count == missing);

        return rows;
    }

    /// <summary>
    /// Counts what matches: from an index alone up to <paramref name="most"/>, else looking at no more than
    /// <paramref name="mostTested"/> places. Capped means: at least so many.
    /// </summary>
    public async Task<(long Count, bool IsCapped)> CountAsync(int most, int mostTested, CancellationToken cancellationToken)
    {
        if (plan.ExactCount is { } exact)
        {
            return (Math.Min(exact, most), exact > most);
        }

        // The longest first: where not all can be walked, these tell most.
        var (ways, length) = (new List<LedgerWay>(), 0L);
        foreach (var way in plan.Ways.OrderByDescending(way => way.Length).TakeWhile(_ => length <= mostTested))
        {
            ways.Add(way);
            length += way.Length;
        }

        var counted = await Task.WhenAll(ways.Select(way => CountAsync(way, mostTested, cancellationToken)));
        var count = counted.SelectMany(places => places).Distinct().Count();
        return (Math.Min(count, mostTested), length > mostTested);
    }

    /// <summary>Sums up what matches, up to <paramref name="most"/> rows.</summary>
    public async Task<LedgerSum> SumAsync(int most, CancellationToken cancellationToken)
    {
        HashSet<string> clients = new(StringComparer.Ordinal);
        HashSet<string> subjects = new(StringComparer.Ordinal);
        var lastExpiry = 0L;
        var places = await FindAsync(null, most, cancellationToken);
        foreach (var row in await _rows.ReadAsync(places, Summed, cancellationToken))
        {
            if (row is [var client, { IsNull: false } subject, var expiry, var keyId])
            {
                subjects.Add(subject!);
                lastExpiry = keyId.IsNullOrEmpty ? lastExpiry : Math.Max(lastExpiry, (long)expiry);
                if (!client.IsNull)
                {
                    clients.Add(client!);
                }
            }
        }

        return new LedgerSum(places.Count, clients.Count, subjects.Count, lastExpiry);
    }

    private async Task<IReadOnlyList<LedgerPlace>> FindAsync(
        LedgerWay way, LedgerRange range, int limit, CancellationToken cancellationToken)
    {
        List<LedgerPlace> found = [];
        await foreach (var step in _walk.StepsAsync(way, range, limit, cancellationToken))
        {
            found.AddRange(step.Passed.Take(limit - found.Count));
            if (found.Count == limit)
            {
                break;
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<LedgerPlace>> CountAsync(LedgerWay way, int most, CancellationToken cancellationToken)
    {
        List<LedgerPlace> found = [];
        var read = 0;
        await foreach (var step in _walk.StepsAsync(way, plan.Range, most, cancellationToken))
        {
            found.AddRange(step.Passed);
            read += step.Read;
            if (read >= most)
            {
                break;
            }
        }

        return found;
    }
}

/// <summary>What rows have in common.</summary>
/// <param name="Tokens">How many rows there are.</param>
/// <param name="Clients">How many clients they have.</param>
/// <param name="Subjects">How many subjects they have.</param>
/// <param name="LastExpiry">The latest of what is signed, in milliseconds; 0 where nothing is.</param>
internal sealed record LedgerSum(long Tokens, long Clients, long Subjects, long LastExpiry);
