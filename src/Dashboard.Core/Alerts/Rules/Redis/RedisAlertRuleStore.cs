using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Rules.Redis;

internal sealed class RedisAlertRuleStore(RedisDatabase database, RedisAuditStore audits) : IAlertRuleStore
{
    // keys: rules. args: id, version, row.
    private const string Put = """
        local stored = redis.call('HGET', keys[1], args[1])
        if (stored and cjson.decode(stored).version or 0) ~= tonumber(args[2]) then return 0 end
        redis.call('HSET', keys[1], args[1], args[3])
        audit()
        return 1
        """;

    // keys: rules. args: id.
    private const string Delete = """
        if redis.call('HDEL', keys[1], args[1]) == 0 then return 0 end
        audit()
        return 1
        """;

    public async Task<IReadOnlyList<AlertRule>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(redis => redis.HashValuesAsync(database.Keys.AlertRules), cancellationToken);
        return
        [
            .. rows.Select(row => RedisJson.Read<AlertRuleRow>(row).ToRule())
                .OrderBy(rule => rule.Name, StringComparer.Ordinal)
                .ThenBy(rule => rule.Id, StringComparer.Ordinal),
        ];
    }

    public Task<bool> PutAsync(AlertRule changed, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        Put,
        [
            changed.Id,
            changed.Version,
            RedisJson.Write(AlertRuleRow.Of(changed with { Version = changed.Version + 1 })),
        ],
        audit,
        cancellationToken);

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync(Delete, [id], audit, cancellationToken);

    private async Task<bool> ChangeAsync(
        string script, RedisValue[] arguments, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(script, [database.Keys.AlertRules], arguments, audit, cancellationToken) == 1;
}
