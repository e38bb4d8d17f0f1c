using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;

namespace Dashboard.Core.Clients.Registration.Redis;

internal sealed class RedisInitialAccessTokenStore(RedisDatabase database, RedisAuditStore audits) : IInitialAccessTokenStore
{
    private readonly LedgerChanges _ledger = new(database.Keys);

    // keys: tokens, then the ledger's. args: id, row, then the ledger's.
    private const string Add = LedgerScripts.ChangeLedger + """
        if not changeLedger(keys, args, 2, 3) then return redis.error_reply('the ledger holds this id already') end
        redis.call('HSET', keys[1], args[1], args[2])
        audit()
        return 1
        """;

    // keys: tokens, then the ledger's. args: id, then the ledger's.
    private const string Delete = LedgerScripts.ChangeLedger + """
        if redis.call('HDEL', keys[1], args[1]) == 0 then return 0 end
        changeLedger(keys, args, 2, 2)
        audit()
        return 1
        """;

    // KEYS: tokens, then the ledger's. ARGV: id, row, the row that it was, then the ledger's.
    private const string Replace = LedgerScripts.ChangeLedger + """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[3] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        changeLedger(KEYS, ARGV, 2, 4)
        return 1
        """;

    // KEYS: tokens. ARGV: before, limit. They are few: to look at all of them costs nothing.
    private const string Purge = """
        local gone = 0
        local rows = redis.call('HGETALL', KEYS[1])
        for index = 1, #rows, 2 do
            local row = cjson.decode(rows[index + 1])
            local before = tonumber(ARGV[1])
            local is_used_up = row.uses and row.used >= row.uses and row.last_used_at and row.last_used_at < before
            if gone < tonumber(ARGV[2]) and ((row.expires_at and row.expires_at < before) or is_used_up) then
                gone = gone + redis.call('HDEL', KEYS[1], rows[index])
            end
        end
        return gone
        """;

    public async Task<IReadOnlyList<InitialAccessToken>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(
            redis => redis.HashGetAllAsync(database.Keys.InitialAccessTokens), cancellationToken);
        return
        [
            .. fields.Select(field => RedisJson.Read<InitialAccessTokenRow>(field.Value).ToToken())
                .OrderByDescending(token => token.CreatedAt)
                .ThenBy(token => token.Id, StringComparer.Ordinal),
        ];
    }

    public async Task<InitialAccessToken?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.InitialAccessTokens, InitialAccessToken.IdOf(hash)), cancellationToken);
        return !row.IsNull && RedisJson.Read<InitialAccessTokenRow>(row) is { } found && found.Hash.AsSpan().SequenceEqual(hash)
            ? found.ToToken()
            : null;
    }

    public Task AddAsync(InitialAccessToken added, LedgerEntry row, AuditEntry audit, CancellationToken cancellationToken)
    {
        var (keys, arguments) = _ledger.Of(new LedgerChange(row, null, added.CreatedAt));
        return audits.ChangeAsync(
            Add,
            [database.Keys.InitialAccessTokens, .. keys],
            [added.Id, RedisJson.Write(InitialAccessTokenRow.Of(added)), .. arguments],
            audit,
            cancellationToken);
    }

    public async Task<bool> ConsumeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // From what it was to what it is then, again where somebody else was faster: each time one of them gets on.
        var id = InitialAccessToken.IdOf(hash);
        while (true)
        {
            var stored = await database.RunAsync(
                redis => redis.HashGetAsync(database.Keys.InitialAccessTokens, id), cancellationToken);
            if (stored.IsNull
                || RedisJson.Read<InitialAccessTokenRow>(stored).ToToken() is not { } token
                || !token.Hash.AsSpan().SequenceEqual(hash)
                || !token.IsUsableAt(now))
            {
                return false;
            }

            var used = token with { Used = token.Used + 1, LastUsedAt = now };
            var (keys, arguments) = _ledger.Of(used.Used >= used.Uses ? LedgerChange.Ending(id, now) : LedgerChange.None);
            if ((int)await database.CommitAsync(
                Replace,
                [database.Keys.InitialAccessTokens, .. keys],
                [id, RedisJson.Write(InitialAccessTokenRow.Of(used)), stored, .. arguments],
                cancellationToken) == 1)
            {
                return true;
            }
        }
    }

    public async Task<bool> DeleteAsync(string id, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken)
    {
        var (keys, arguments) = _ledger.Of(LedgerChange.Ending(id, at));
        return (int)await audits.ChangeAsync(
            Delete, [database.Keys.InitialAccessTokens, .. keys], [id, .. arguments], audit, cancellationToken) == 1;
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        (int)await database.EvaluateAsync(
            term, Purge, [database.Keys.InitialAccessTokens], [before.ToUnixTimeMilliseconds(), limit], cancellationToken);
}
