using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>Reads the audit log in Redis. An entry that somebody deleted is passed over; its number stays in the indexes.</summary>
internal sealed class RedisAuditReader(RedisDatabase database)
{
    // Where entries are missing, so many numbers are tried at once.
    private const int Step = 500;

    public async Task<IReadOnlyList<AuditRecord>> FindAsync(
        AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken)
    {
        range = way is null ? await BoundAsync(range, cancellationToken) : range;
        List<AuditRecord> found = [];
        for (var wanted = limit; found.Count < limit; wanted = Step)
        {
            var numbers = await FindNumbersAsync(way, range, wanted, cancellationToken);
            if (numbers is not [.., var last])
            {
                break;
            }

            found.AddRange(await ReadAsync(numbers, cancellationToken));
            range = range.UpTo(last);
        }

        return [.. found.Take(limit)];
    }

    public async Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken)
    {
        var all = way is null ? await BoundAsync(range, cancellationToken) : range;
        var count = way is null
            ? all.Before - all.First
            : await database.RunAsync(
                redis => redis.SortedSetLengthAsync(IndexOf(way), range.First, range.Before, Exclude.Stop), cancellationToken);
        return Math.Clamp(count, 0, most);
    }

    /// <summary>Up to <paramref name="limit"/> entries from a number on, oldest first, whatever is missing between them.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ReadFromAsync(long first, int limit, CancellationToken cancellationToken)
    {
        List<AuditRecord> found =
            [.. await ReadAsync([.. Enumerable.Range(0, limit).Select(index => first + index)], cancellationToken)];
        if (found.Count == limit || (await ReadHeadAsync(cancellationToken)).Number < first + limit)
        {
            return found;
        }

        // From one number that the indexes know to the next: counting up to a head that somebody moved far away would never end.
        for (var next = first + limit;
            found.Count < limit && await FindNumbersFromAsync(next, Step, cancellationToken) is [.., var last] numbers;
            next = last + 1)
        {
            found.AddRange(await ReadAsync(numbers, cancellationToken));
        }

        return [.. found.Take(limit)];
    }

    public async Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.AuditHead, ["number", "hash"]), cancellationToken);
        return head[0].IsNull ? new AuditHead(0, AuditChain.Start) : new AuditHead((long)head[0], head[1]!);
    }

    public async Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken)
    {
        var terms = await database.RunAsync(
            redis => Task.WhenAll(
                redis.SortedSetRangeByRankAsync(database.Keys.AuditActions), redis.SortedSetRangeByRankAsync(database.Keys.AuditKinds)),
            cancellationToken);
        return new AuditTerms([.. terms[0].Select(term => term.ToString())], [.. terms[1].Select(term => term.ToString())]);
    }

    private async Task<IReadOnlyList<AuditRecord>> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        if (numbers is [])
        {
            return [];
        }

        var found = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.AuditEntries, [.. numbers.Select(number => (RedisValue)number)]),
            cancellationToken);
        return [.. numbers.Zip(found).Where(pair => !pair.Second.IsNull).Select(pair => RedisAuditRecord.Read(pair.First, pair.Second!))];
    }

    // A range of all numbers begins with the oldest that is left, and ends with the log where nobody said where it does.
    private async Task<AuditRange> BoundAsync(AuditRange range, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        var oldest = await FindNumbersFromAsync(1, 1, cancellationToken) is [var number] ? number : head.Number + 1;
        return new AuditRange(
            Math.Max(range.First, oldest), range.Before == AuditRange.All.Before ? head.Number + 1 : range.Before);
    }

    // Every entry is about an object of some kind.
    private async Task<IReadOnlyList<long>> FindNumbersFromAsync(long first, int limit, CancellationToken cancellationToken)
    {
        var kinds = await database.RunAsync(
            redis => redis.SortedSetRangeByRankAsync(database.Keys.AuditKinds), cancellationToken);
        var numbers = await database.RunAsync(
            redis => Task.WhenAll(kinds.Select(kind => redis.SortedSetRangeByScoreAsync(
                database.Keys.AuditOfKind(kind.ToString()), first, take: limit))),
            cancellationToken);
        return [.. numbers.SelectMany(static some => some).Select(number => (long)number).Order().Take(limit)];
    }

    private async Task<IReadOnlyList<long>> FindNumbersAsync(
        AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken)
    {
        if (way is null)
        {
            var count = (int)Math.Clamp(range.Before - range.First, 0, limit);
            return [.. Enumerable.Range(1, count).Select(index => range.Before - index)];
        }

        var numbers = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                IndexOf(way), range.First, range.Before, Exclude.Stop, Order.Descending, take: limit),
            cancellationToken);
        return [.. numbers.Select(number => (long)number)];
    }

    private RedisKey IndexOf(AuditWay way) => way.Member switch
    {
        AuditMember.Operator => database.Keys.AuditBy(way.Value),
        AuditMember.Action => database.Keys.AuditOf(way.Value),
        AuditMember.ObjectKind => database.Keys.AuditOfKind(way.Value),
        AuditMember.ObjectId => database.Keys.AuditAbout(way.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way.Member, "No such member."),
    };
}
