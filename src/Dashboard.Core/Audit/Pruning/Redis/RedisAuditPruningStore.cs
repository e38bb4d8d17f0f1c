using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Pruning.Redis;

internal sealed class RedisAuditPruningStore(RedisDatabase database, RedisAuditStore audit) : IAuditPruningStore
{
    // So many entries a script deletes: those that are due, and before them what a restore brought back.
    private const int AtOnce = 1_000;

    // Keys: lease, prunings, entries, all actions, all kinds, and the indexes. Arguments: term, the number of the record before, that
    // of this, its row, and how many entries, which follow; then for each index which of the two lists names it, as what, and how
    // many of the entries it has, which follow.
    private const string Prune = """
        if redis.call('HGET', keys[1], 'term') ~= args[1] then return -1 end
        local newest = redis.call('ZREVRANGE', keys[2], 0, 0, 'WITHSCORES')
        if tonumber(newest[2] or 0) ~= tonumber(args[2]) then return 0 end
        redis.call('ZADD', keys[2], args[3], string.sub(args[4], 1, -2) .. ',"entry":' .. number .. '}')
        local place = 6 + tonumber(args[5])
        redis.call('HDEL', keys[3], unpack(args, 6, place - 1))
        for index = 6, #keys do
            local list, name, count = tonumber(args[place]), args[place + 1], tonumber(args[place + 2])
            redis.call('ZREM', keys[index], unpack(args, place + 3, place + 2 + count))
            if list > 0 and redis.call('EXISTS', keys[index]) == 0 then redis.call('ZREM', keys[list], name) end
            place = place + 3 + count
        end
        audit()
        return 1
        """;

    private readonly RedisStatements _statements = new(database, database.Keys.AuditPrunings);

    public async Task<bool> PruneAsync(AuditPruning pruning, long behind, Term term, CancellationToken cancellationToken)
    {
        var gone = (await audit.ReadAsync(1, AtOnce, cancellationToken)).TakeWhile(record => record.Number <= pruning.Last.Number).ToList();
        if (gone is [])
        {
            return false;
        }

        var indexes = gone.SelectMany(IndexesOf).GroupBy(place => place.Key).ToList();
        var answer = (long)await audit.ChangeAsync(
            Prune,
            [
                database.Keys.Lease, database.Keys.AuditPrunings, database.Keys.AuditEntries, database.Keys.AuditActions,
                database.Keys.AuditKinds, .. indexes.Select(index => index.Key),
            ],
            [
                term.Number, behind, pruning.Last.Number, RedisJson.Write(new { pruning.Last.Number, Statement = pruning.Text }),
                gone.Count, .. gone.Select(record => (RedisValue)record.Number), .. indexes.SelectMany(ArgumentsOf),
            ],
            pruning.ToEntry(),
            cancellationToken);
        return answer >= 0 ? answer > 0 : throw new TermOverException();
    }

    public async Task<IReadOnlyList<PruningRow>> ListAsync(long before, int limit, CancellationToken cancellationToken) =>
        [.. (await _statements.ListAsync(before, 0, limit, cancellationToken)).Select(Read)];

    private IEnumerable<Place> IndexesOf(AuditRecord record) =>
    [
        new(database.Keys.AuditBy(record.Entry.Who.Name), 0, "", record.Number),
        new(database.Keys.AuditOf(record.Entry.Action), 4, record.Entry.Action, record.Number),
        new(database.Keys.AuditOfKind(record.Entry.ObjectKind), 5, record.Entry.ObjectKind, record.Number),
        new(database.Keys.AuditAbout(record.Entry.ObjectId), 0, "", record.Number),
    ];

    private static IEnumerable<RedisValue> ArgumentsOf(IGrouping<RedisKey, Place> index) =>
        [index.First().List, index.First().Name, index.Count(), .. index.Select(place => (RedisValue)place.Number)];

    // Its place is its number, whatever the row itself says.
    private static PruningRow Read(SortedSetEntry entry) => RedisStatements.RowOf<PruningRow>(entry) is { Statement: not null } row
        ? row with { Number = (long)entry.Score }
        : new PruningRow((long)entry.Score, "", 0);

    // Where an entry has its number: an index, and the list that names it where there is one.
    private sealed record Place(RedisKey Key, int List, string Name, long Number);
}
