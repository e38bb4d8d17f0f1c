using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Sessions.Redis;

internal sealed class RedisSessionStore(RedisDatabase database, RedisAuditStore audits) : ISessionStore
{
    private static readonly RedisValue[] NamesPlaces = ["operator_id", "kind", "created_at", "secret_hash"];

    private readonly RedisSessionPlaces _places = new(database.Keys);
    private readonly RedisSessionList _list = new(database);

    public async Task AddAsync(Session session, byte[]? secretHash, AuditEntry audit, CancellationToken cancellationToken)
    {
        var keys = _places.ToAdd(session.Name, session.OperatorId, SessionKinds.NameOf(session.Kind));
        RedisValue[] arguments =
        [
            session.Name,
            RedisSessionPlaces.Of(session.CreatedAt.ToUnixTimeMilliseconds(), session.Name),
            session.LastSeenAt.ToUnixTimeMilliseconds(),
            session.EndsAt.ToUnixTimeMilliseconds(),
            SessionKinds.NameOf(session.Kind),
            .. RedisSessionRow.Write(session, secretHash),
        ];
        var added = await audits.ChangeAsync(
            RedisSessionScripts.Add,
            secretHash is null ? keys : [.. keys, database.Keys.SessionSecret(secretHash)],
            arguments,
            audit,
            cancellationToken);
        if (!(bool)added)
        {
            throw new InvalidOperationException("A session of this name or secret exists.");
        }
    }

    public async Task<Session?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken)
    {
        var name = await database.RunAsync(
            redis => redis.StringGetAsync(database.Keys.SessionSecret(secretHash)), cancellationToken);
        return name.IsNull ? null : await FindAsync(name!, cancellationToken);
    }

    public async Task<Session?> FindAsync(string name, CancellationToken cancellationToken) =>
        RedisSessionRow.Read(await database.RunAsync(redis => ReadAsync(redis, name), cancellationToken));

    public Task<IReadOnlyList<Session>> FindOpenAsync(string operatorId, CancellationToken cancellationToken) =>
        _list.ReadOpenAsync(operatorId, cancellationToken);

    public Task<Page<Session>> ListAsync(
        SessionFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _list.ListAsync(filter, PageCursor.Parse(cursor), limit, cancellationToken);

    public async Task<IReadOnlyList<Session>> FindOverdueAsync(
        DateTimeOffset now, DateTimeOffset idleSince, int limit, CancellationToken cancellationToken)
    {
        var names = await database.RunAsync(
            redis => Task.WhenAll(
                UpToAsync(redis, database.Keys.OpenSessions, now, limit),
                UpToAsync(redis, database.Keys.SeenSessions, idleSince, limit)),
            cancellationToken);
        var rows = await database.RunAsync(
            redis => Task.WhenAll(names.SelectMany(some => some).Distinct().Take(limit).Select(name => ReadAsync(redis, name!))),
            cancellationToken);

        // What ended or was seen since its name was read is not overdue any more.
        return [.. rows.Select(RedisSessionRow.Read).OfType<Session>().Where(IsOverdue)];

        bool IsOverdue(Session session) => session.EndedAt is null
            && (session.EndsAt <= now || (session.Kind is SessionKind.Browser && session.LastSeenAt <= idleSince));
    }

    public Task TouchAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.EvaluateAsync(
            RedisSessionScripts.Touch,
            [database.Keys.Session(name), database.Keys.SeenSessions],
            [name, at.ToUnixTimeMilliseconds()],
            cancellationToken);

    public async Task<bool> RebindAsync(
        string name, SessionBinding binding, AuditEntry audit, CancellationToken cancellationToken) =>
        (bool)await audits.ChangeAsync(
            RedisSessionScripts.Rebind, [database.Keys.Session(name)], [binding.ToJson()], audit, cancellationToken);

    public async Task<bool> ChallengeAsync(
        string name, BindingSignal signal, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken) =>
        (bool)await audits.ChangeAsync(
            RedisSessionScripts.Challenge,
            [database.Keys.Session(name)],
            [signal.ToString(), at.ToUnixTimeMilliseconds()],
            audit,
            cancellationToken);

    public async Task<bool> RenewAsync(SessionRenewal renewal, AuditEntry audit, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The old secret names a key of the script.
            var old = await database.RunAsync(
                redis => redis.HashGetAsync(database.Keys.Session(renewal.Name), "secret_hash"), cancellationToken);
            if (old.IsNull)
            {
                return false;
            }

            RedisKey[] keys =
            [
                database.Keys.Session(renewal.Name),
                database.Keys.SessionSecret(renewal.SecretHash),
                database.Keys.SessionSecret(old!),
            ];
            RedisValue[] arguments =
            [
                renewal.Name, old, renewal.SecretHash, renewal.Binding.ToJson(), renewal.ProvenAt.ToUnixTimeMilliseconds(),
                .. renewal.SecondFactor is { } factor ? [factor.Code] : Array.Empty<RedisValue>(),
            ];
            switch ((int)await audits.ChangeAsync(RedisSessionScripts.Renew, keys, arguments, audit, cancellationToken))
            {
                case 0:
                    return false;
                case 1:
                    return true;
            }
        }
    }

    public async Task<bool> EndAsync(SessionEnd end, AuditEntry audit, CancellationToken cancellationToken)
    {
        // What names the keys of the script never changes.
        var row = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.Session(end.Name), NamesPlaces), cancellationToken);
        if (row[0].IsNull)
        {
            return false;
        }

        RedisValue[] arguments =
            [end.Name, RedisSessionPlaces.Of((long)row[2], end.Name), end.At.ToUnixTimeMilliseconds(), end.Reason.Code];
        return (bool)await audits.ChangeAsync(
            RedisSessionScripts.End,
            _places.ToEnd(end.Name, row[0]!, row[1]!),
            end.LastSeenBy is { } seen ? [.. arguments, seen.ToUnixTimeMilliseconds()] : arguments,
            audit,
            cancellationToken);
    }

    public async Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var names = await database.RunAsync(
            redis => UpToAsync(redis, database.Keys.EndedSessions, endedBefore.AddMilliseconds(-1), limit), cancellationToken);
        if (names is [])
        {
            return 0;
        }

        var rows = await database.RunAsync(
            redis => Task.WhenAll(names.Select(name => redis.HashGetAsync(database.Keys.Session(name!), NamesPlaces))),
            cancellationToken);

        // Those that another node has just purged have no row any more.
        var there = names.Zip(rows).Where(pair => !pair.Second[0].IsNull).ToList();
        return (int)await database.EvaluateAsync(
            term,
            RedisSessionScripts.Purge,
            [
                database.Keys.EndedSessions,
                .. there.SelectMany(pair =>
                    _places.ToPurge(pair.First!, (byte[]?)pair.Second[3], pair.Second[0]!, pair.Second[1]!)),
            ],
            [.. there.SelectMany(pair => new RedisValue[] { pair.First, RedisSessionPlaces.Of((long)pair.Second[2], pair.First!) })],
            cancellationToken);
    }

    private Task<RedisValue[]> ReadAsync(IDatabaseAsync redis, string name) =>
        redis.HashGetAsync(database.Keys.Session(name), RedisSessionRow.Fields);

    private static Task<RedisValue[]> UpToAsync(IDatabaseAsync redis, RedisKey index, DateTimeOffset time, int limit) =>
        redis.SortedSetRangeByScoreAsync(index, stop: time.ToUnixTimeMilliseconds(), take: limit);
}
