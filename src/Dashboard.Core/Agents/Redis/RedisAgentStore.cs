using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Agents.Redis;

internal sealed class RedisAgentStore(RedisDatabase database, RedisAuditStore audits) : IAgentStore
{
    private const string RemoveUnaudited = RedisAuditScripts.Unaudited + RedisAgentScripts.Remove;

    private readonly RedisKeys _keys = database.Keys;
    private readonly LedgerChanges _ledger = new(database.Keys);

    public async Task<Agent?> FindAsync(string id, CancellationToken cancellationToken) =>
        Read(await database.RunAsync(redis => redis.HashGetAsync(_keys.Agents, id), cancellationToken));

    public async Task<IReadOnlyList<Agent>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(redis => redis.HashGetAllAsync(_keys.Agents), cancellationToken);
        return
        [
            .. fields.Select(field => Read(field.Value)!)
                .OrderByDescending(agent => agent.RegisteredAt)
                .ThenByDescending(agent => agent.Id, StringComparer.Ordinal),
        ];
    }

    public async Task<AgentWrite> RegisterAsync(
        Agent agent, DateTimeOffset aliveSince, LedgerChange ledger, CancellationToken cancellationToken)
    {
        var (keys, arguments) = _ledger.Of(ledger);
        var answer = (RedisValue[])(await database.CommitAsync(
            RedisAgentScripts.Register,
            [_keys.Agents, _keys.AgentKeyHolders, _keys.AgentKeys, .. keys],
            [
                agent.Id,
                agent.KeyId,
                RedisJson.Write(AgentRow.Of(agent)),
                aliveSince.ToUnixTimeMilliseconds(),
                agent.TempTokenId ?? "",
                agent.RegisteredAt.ToUnixTimeMilliseconds(),
                .. arguments,
            ],
            cancellationToken))!;
        return (string?)answer[0] switch
        {
            "done" => new AgentWrite.Done(Read(answer[1]), Read(answer[2])),
            "duplicate" => new AgentWrite.Duplicate(Read(answer[1])!),
            "in use" => new AgentWrite.KeyInUse(Read(answer[1])!),
            "used" => new AgentWrite.TempTokenUsed(),
            _ => new AgentWrite.KeyUnusable(),
        };
    }

    public async Task<bool> RemoveAsync(
        string id, string? registration, DateTimeOffset? seenBefore, AuditEntry? audit, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Agents, _keys.AgentKeyHolders];
        RedisValue[] arguments = [id, registration ?? "", seenBefore is { } time ? time.ToUnixTimeMilliseconds() : ""];
        return (int)(audit is null
            ? await database.CommitAsync(RemoveUnaudited, keys, arguments, cancellationToken)
            : await audits.ChangeAsync(RedisAgentScripts.Remove, keys, arguments, audit, cancellationToken)) == 1;
    }

    public Task RecordAsync(IReadOnlyCollection<AgentSeen> seen, CancellationToken cancellationToken) => database.EvaluateAsync(
        RedisAgentScripts.Record,
        [_keys.Agents],
        [.. seen.SelectMany(one => new RedisValue[] { one.AgentId, one.At.ToUnixTimeMilliseconds() })],
        cancellationToken);

    public async Task<IReadOnlyList<Agent>> FindSilentAsync(
        DateTimeOffset seenBefore, int limit, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Where(agent => agent.LastSeenAt < seenBefore).OrderBy(agent => agent.LastSeenAt).Take(limit)];

    private static Agent? Read(RedisValue value) => value.IsNullOrEmpty ? null : RedisJson.Read<AgentRow>(value).ToAgent();
}
