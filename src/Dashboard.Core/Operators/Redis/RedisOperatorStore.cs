using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;

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

    private const string Replace = """
        if redis.call('HGET', keys[1], args[1]) ~= args[2] then return 0 end
        redis.call('HSET', keys[1], args[1], args[3])
        audit()
        return 1
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

    public async Task<bool> SetPasswordAsync(PasswordChange change, AuditEntry audit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await database.RunAsync(
                redis => redis.HashGetAsync(database.Keys.Operators, change.OperatorId), cancellationToken);
            if (stored.IsNull || RedisJson.Read<RedisOperatorRow>(stored) is var row && row.PasswordHash != change.FromHash)
            {
                return false;
            }

            var changed = row with
            {
                PasswordHash = change.ToHash,
                SecurityStamp = change.ToStamp,
                MustChangePassword = change.MustChange,
            };
            var replaced = await audits.ChangeAsync(
                Replace, [database.Keys.Operators], [row.Id, stored, RedisJson.Write(changed)], audit, cancellationToken);
            if ((int)replaced == 1)
            {
                return true;
            }
        }
    }

    private async Task<bool> AddAsync(OperatorAccount added, string which, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(
            Add,
            [database.Keys.Operators, database.Keys.OperatorNames],
            [added.Id, UserNames.Normalize(added.UserName), RedisJson.Write(RedisOperatorRow.Of(added)), which],
            audit,
            cancellationToken) == 1;
}
