using System.Runtime.CompilerServices;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>
/// Finds entries, the same way on every store. Times become numbers, which grow with them; one member has an index; what is
/// left, several members together and a reason's text, is looked for entry by entry, so many at a time.
/// </summary>
internal sealed class AuditSearch(IAuditStore store)
{
    /// <summary>A call looks at so many entries at most.</summary>
    public const int MostLooked = 10_000;

    private const int Step = 500;

    // A missing entry says nothing of its time: one of those behind it does.
    private const int Probe = 16;

    /// <summary>One page of what a filter covers.</summary>
    public async Task<AuditFound> FindAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var (way, range) = await PlanAsync(filter, cancellationToken);
        var here = range.UpTo(PageCursor.Parse(cursor)?.Number ?? long.MaxValue);
        if (IsOneWay(filter))
        {
            var rows = await store.FindAsync(way, here, limit + 1, cancellationToken);
            var counted = await store.CountAsync(way, range, CappedCount.Most + 1, cancellationToken);
            return FoundOf(rows, null, limit, CappedCount.Of(counted));
        }

        var all = await WalkAsync(filter, way, range, int.MaxValue, cancellationToken);
        var total = new CappedCount(all.Found.Count, all.Last is not null);
        List<AuditRecord> left = [.. all.Found.Where(record => record.Number < here.Before)];
        if (here == range || all.Last is null || left.Count > limit)
        {
            return FoundOf(left, all.Last, limit, total);
        }

        var walk = await WalkAsync(filter, way, here, limit + 1, cancellationToken);
        return FoundOf(walk.Found, walk.Last, limit, total);
    }

    /// <summary>The newest that a filter covers. Nobody counts how many there are.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ReadNewestAsync(AuditFilter filter, int limit, CancellationToken cancellationToken)
    {
        var (way, range) = await PlanAsync(filter, cancellationToken);
        return IsOneWay(filter)
            ? await store.FindAsync(way, range, limit, cancellationToken)
            : [.. (await WalkAsync(filter, way, range, limit, cancellationToken)).Found.Take(limit)];
    }

    /// <summary>Everything that a filter covers and that is there when the reading begins, newest first.</summary>
    public async IAsyncEnumerable<AuditRecord> ReadAllAsync(
        AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (way, range) = await PlanAsync(filter, cancellationToken);
        while (await store.FindAsync(way, range, Step, cancellationToken) is [.., var last] rows)
        {
            foreach (var record in rows.Where(filter.Matches))
            {
                yield return record;
            }

            range = range.UpTo(last.Number);
        }
    }

    /// <summary>How many entries behind a number a filter covers, of the next few hundred.</summary>
    public async Task<int> CountAfterAsync(AuditFilter filter, long number, CancellationToken cancellationToken)
    {
        var way = filter.Ways is [var first, ..] ? first : null;
        var rows = await store.FindAsync(way, AuditRange.All with { First = number + 1 }, Step, cancellationToken);
        return rows.Count(filter.Matches);
    }

    // True where a range of one index is exactly what the filter covers.
    private static bool IsOneWay(AuditFilter filter) => filter.Reason is null && filter.Ways.Count <= 1;

    // Which index to walk, and from which number to which.
    private async Task<(AuditWay? Way, AuditRange Range)> PlanAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var range = await RangeOfAsync(filter, cancellationToken);
        var ways = filter.Ways;
        if (ways.Count <= 1)
        {
            return (ways is [var only] ? only : null, range);
        }

        var counts = await Task.WhenAll(ways.Select(way => store.CountAsync(way, range, MostLooked, cancellationToken)));
        return (ways.Zip(counts).MinBy(pair => pair.Second).First, range);
    }

    private async Task<AuditRange> RangeOfAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var end = (await store.ReadHeadAsync(cancellationToken)).Number + 1;
        return new AuditRange(
            filter.From is { } from ? await FirstAtAsync(from, end, cancellationToken) : 1,
            filter.Before is { } before ? await FirstAtAsync(before, end, cancellationToken) : end);
    }

    // The number of the first entry that is not before a time.
    private async Task<long> FirstAtAsync(DateTimeOffset time, long end, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await store.ReadAsync(middle, Probe, cancellationToken) is [var record, ..] && record.At < time)
            {
                low = record.Number + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // What matches, and the last entry that was looked at; null for that where the range ended before.
    private async Task<(List<AuditRecord> Found, AuditRecord? Last)> WalkAsync(
        AuditFilter filter, AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken)
    {
        List<AuditRecord> found = [];
        AuditRecord? last = null;
        for (var looked = 0; looked < MostLooked; looked += Step)
        {
            var step = await store.FindAsync(way, range, Step, cancellationToken);
            found.AddRange(step.Where(filter.Matches));
            if (step.Count < Step || found.Count >= most)
            {
                return (found, null);
            }

            last = step[^1];
            range = range.UpTo(last.Number);
        }

        return (found, last);
    }

    private static AuditFound FoundOf(IReadOnlyList<AuditRecord> found, AuditRecord? last, int limit, CappedCount total)
    {
        var next = found.Count > limit ? found[limit - 1] : last;
        return new AuditFound(
            new Page<AuditRecord>([.. found.Take(limit)], next is null ? null : PageCursor.OfNumber(next.Number).ToString(), total.Value, total.IsCapped),
            found.Count > limit ? null : last?.At);
    }
}

/// <summary>A page of the log, and how far it was looked for.</summary>
/// <param name="Page">The entries.</param>
/// <param name="LookedBackTo">
/// The time of the last entry that was looked at, where the search took a rest before the page was full: the next page goes on.
/// </param>
public sealed record AuditFound(Page<AuditRecord> Page, DateTimeOffset? LookedBackTo);
