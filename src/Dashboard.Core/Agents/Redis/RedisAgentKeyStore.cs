using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Agents.Redis;

internal sealed class RedisAgentKeyStore(RedisDatabase database, RedisAuditStore audits) : IAgentKeyStore
{
    private readonly RedisKeys _keys = database.Keys;

    public async Task<IReadOnlyList<AgentKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(redis => redis.HashGetAllAsync(_keys.AgentKeys), cancellationToken);
        return
        [
            .. fields.Select(field => Read(field.Value))
                .OrderByDescending(key => key.CreatedAt)
                .ThenBy(key => key.Id, StringComparer.Ordinal),
        ];
    }

    public async Task<IReadOnlyList<AgentKey>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                _keys.AgentKeysByExpiry,
                from.ToUnixTimeMilliseconds(),
                before.ToUnixTimeMilliseconds(),
                Exclude.Stop,
                take: limit),
            cancellationToken);
        var rows = ids is [] ? [] : await database.RunAsync(redis => redis.HashGetAsync(_keys.AgentKeys, ids), cancellationToken);
        return [.. rows.Where(row => !row.IsNull).Select(Read)];
    }

    public Task<bool> AddAsync(AgentKey added, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync(RedisAgentScripts.AddKey, RedisAgentKeyTable.ArgumentsOf(AgentKeyRow.Of(added)), audit, cancellationToken);

    public Task<bool> ReplaceAsync(AgentKey changed, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisAgentScripts.ReplaceKey,
        [.. RedisAgentKeyTable.ArgumentsOf(AgentKeyRow.Of(changed) with { Version = changed.Version + 1 }), changed.Version],
        audit,
        cancellationToken);

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync(RedisAgentScripts.DeleteKey, [id], audit, cancellationToken);

    public Task RecordAsync(IReadOnlyCollection<AgentKeyUse> uses, CancellationToken cancellationToken) => database.EvaluateAsync(
        RedisAgentScripts.RecordKeys,
        [_keys.AgentKeys],
        [.. uses.SelectMany(use => new RedisValue[] { use.KeyId, use.AgentId, use.At.ToUnixTimeMilliseconds() })],
        cancellationToken);

    private async Task<bool> ChangeAsync(
        string script, RedisValue[] arguments, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(script, _keys.OfAgentKeys, arguments, audit, cancellationToken) == 1;

    private static AgentKey Read(RedisValue value) => RedisJson.Read<AgentKeyRow>(value).ToKey();
}
