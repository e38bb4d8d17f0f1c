using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Operators.Redis;

internal sealed class RedisOperatorStore(RedisDatabase database, RedisAuditStore audits) : IOperatorStore
{
    private const string Add = """
        if args[4] == 'first' and redis.call('HLEN', keys[1]) > 0 then return 0 end
        if redis.call('HSETNX', keys[2], args[2], args[1]) == 0 then return 0 end
        redis.call('HSET', keys[1], args[1], args[3])
        audit()
        return 1
        """;

    // keys: operators. args: id, version, row, role of administrators, 'keeps' where the row is an administrator who may act.
    // Operators are few: to read all of them costs nothing.
    private const string Replace = """
        local stored = redis.call('HGET', keys[1], args[1])
        if not stored then return 1 end
        local function is_administrator(row) return row.enabled and row.role == args[4] end
        local row = cjson.decode(stored)
        if args[5] ~= 'keeps' and is_administrator(row) then
            local others = 0
            for _, each in ipairs(redis.call('HVALS', keys[1])) do
                local other = cjson.decode(each)
                if other.id ~= args[1] and is_administrator(other) then others = others + 1 end
            end
            if others == 0 then return 2 end
        end
        if (row.version or 0) ~= tonumber(args[2]) then return 1 end
        redis.call('HSET', keys[1], args[1], args[3])
        audit()
        return 0
        """;

    public async Task<IReadOnlyList<OperatorAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.Operators), cancellationToken);
        return [.. fields.Select(field => RedisJson.Read<RedisOperatorRow>(field.Value).ToOperator())];
    }

    public Task<bool> AddFirstAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        AddAsync(added, "first", audit, cancellationToken);

    public Task<bool> AddAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        AddAsync(added, "any", audit, cancellationToken);

    public async Task<OperatorReplacement> ReplaceAsync(
        OperatorAccount changed, AuditEntry? audit, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            changed.Id,
            changed.Version,
            RedisJson.Write(RedisOperatorRow.Of(changed with { Version = changed.Version + 1 })),
            Roles.Administrator,
            changed.IsActiveAdministrator ? "keeps" : "",
        ];
        var replaced = audit is null
            ? await database.CommitAsync(
                RedisAuditScripts.Unaudited + Replace, [database.Keys.Operators], arguments, cancellationToken)
            : await audits.ChangeAsync(Replace, [database.Keys.Operators], arguments, audit, cancellationToken);
        return (int)replaced switch
        {
            0 => OperatorReplacement.Replaced,
            1 => OperatorReplacement.Overtaken,
            2 => OperatorReplacement.LastAdministrator,
            var other => throw new InvalidOperationException($"The script answered {other}."),
        };
    }

    private async Task<bool> AddAsync(OperatorAccount added, string which, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(
            Add,
            [database.Keys.Operators, database.Keys.OperatorNames],
            [added.Id, UserNames.Normalize(added.UserName), RedisJson.Write(RedisOperatorRow.Of(added)), which],
            audit,
            cancellationToken) == 1;
}
