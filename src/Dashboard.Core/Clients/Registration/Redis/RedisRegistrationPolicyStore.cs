using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Clients.Registration.Redis;

internal sealed class RedisRegistrationPolicyStore(RedisDatabase database, RedisAuditStore audits) : IRegistrationPolicyStore
{
    // keys: policy. args: version, row.
    private const string Replace = """
        local stored = redis.call('GET', keys[1])
        if (stored and cjson.decode(stored).version or 0) ~= tonumber(args[1]) then return 0 end
        redis.call('SET', keys[1], args[2])
        audit()
        return 1
        """;

    public async Task<RegistrationPolicy?> FindAsync(CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.StringGetAsync(database.Keys.RegistrationPolicy), cancellationToken);
        return row.IsNull ? null : RedisJson.Read<RegistrationPolicyRow>(row).ToPolicy();
    }

    public async Task<bool> ReplaceAsync(RegistrationPolicy changed, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(
            Replace,
            [database.Keys.RegistrationPolicy],
            [changed.Version, RedisJson.Write(RegistrationPolicyRow.Of(changed with { Version = changed.Version + 1 }))],
            audit,
            cancellationToken) == 1;
}
