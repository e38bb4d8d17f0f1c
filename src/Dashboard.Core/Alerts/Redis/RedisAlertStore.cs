using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Redis;

internal sealed class RedisAlertStore(RedisDatabase database, RedisAuditStore audits) : IAlertStore
{
    private readonly RedisKeys _keys = database.Keys;

    public async Task<AlertRaise> RaiseAsync(AlertDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answer = (RedisValue[])(await database.CommitAsync(
            RedisAlertScripts.Raise,
            _keys.OfAlerts,
            [
                FieldOf(draft.Kind, draft.Key),
                RedisJson.Write(AlertRow.Of(draft, now)),
                draft.Times,
                draft.IsOnce ? 1 : 0,
                now.ToUnixTimeMilliseconds(),
            ],
            cancellationToken))!;
        return new AlertRaise(Enum.Parse<AlertRaiseOutcome>((string)answer[0]!, ignoreCase: true), Read(answer[1]));
    }

    public async Task<Alert?> ResolveAsync(
        string kind, string key, DateTimeOffset? unlessAfter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answer = (RedisValue)await database.CommitAsync(
            RedisAlertScripts.Resolve,
            _keys.OfAlerts,
            [
                FieldOf(kind, key),
                unlessAfter is { } time ? time.ToUnixTimeMilliseconds() : "",
                now.ToUnixTimeMilliseconds(),
            ],
            cancellationToken);
        return answer.IsNullOrEmpty ? null : Read(answer);
    }

    public Task<bool> AcknowledgeAsync(
        string id, string who, string reason, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync(RedisAlertScripts.Acknowledge, [id, now.ToUnixTimeMilliseconds(), who, reason], audit, cancellationToken);

    public Task MuteAsync(AlertMute mute, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisAlertScripts.Mute,
        [FieldOf(mute.Kind, mute.Key), RedisJson.Write(AlertMuteRow.Of(mute)), mute.Kind, mute.Key ?? ""],
        audit,
        cancellationToken);

    public Task<bool> UnmuteAsync(
        string kind, string? key, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisAlertScripts.Unmute, [FieldOf(kind, key), now.ToUnixTimeMilliseconds()], audit, cancellationToken);

    public async Task<int> EndMutesAsync(DateTimeOffset now, CancellationToken cancellationToken) => (int)await database.EvaluateAsync(
        RedisAlertScripts.EndMutes, _keys.OfAlerts, [now.ToUnixTimeMilliseconds()], cancellationToken);

    public async Task<IReadOnlyList<AlertMute>> ReadMutesAsync(CancellationToken cancellationToken)
    {
        var mutes = await database.RunAsync(redis => redis.HashValuesAsync(_keys.AlertMutes), cancellationToken);
        return
        [
            .. mutes.Select(mute => RedisJson.Read<AlertMuteRow>(mute))
                .OrderBy(row => row.Until)
                .ThenBy(row => row.Kind, StringComparer.Ordinal)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => row.ToMute()),
        ];
    }

    public Task<Page<Alert>> ListAsync(AlertFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        new RedisAlertList(database, filter).ReadAsync(AlertCursor.Parse(cursor), limit, cancellationToken);

    public async Task<Alert?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.HashGetAsync(_keys.Alerts, id), cancellationToken);
        return row.IsNull ? null : Read(row);
    }

    public async Task<int> CountOpenAsync(CancellationToken cancellationToken) =>
        (int)await database.RunAsync(redis => redis.SortedSetLengthAsync(_keys.WaitingAlerts), cancellationToken);

    public async Task<IReadOnlyList<Alert>> ReadUnresolvedAsync(int limit, CancellationToken cancellationToken)
    {
        List<RedisValue> ids = [];
        for (var state = 0; state < 2; state++)
        {
            ids.AddRange(await database.RunAsync(
                redis => redis.SortedSetRangeByRankAsync(_keys.AlertsOfState(state), 0, limit - 1, Order.Descending), cancellationToken));
        }

        return await ReadAsync([.. ids.Take(limit)], cancellationToken);
    }

    public async Task<IReadOnlyList<Alert>> ReadOpenedAfterAsync(long number, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(
            await database.RunAsync(
                redis => redis.SortedSetRangeByScoreAsync(_keys.AlertsByOpening, number, exclude: Exclude.Start, take: limit),
                cancellationToken),
            cancellationToken);

    public async Task<long> ReadNewestNumberAsync(CancellationToken cancellationToken) =>
        (long)await database.RunAsync(redis => redis.StringGetAsync(_keys.AlertNumber), cancellationToken);

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        (int)await database.EvaluateAsync(
            term, RedisAlertScripts.Purge, _keys.OfAlerts, [before.ToUnixTimeMilliseconds(), limit], cancellationToken);

    /// <summary>What tells the alerts of one thing, and its mute, from others: no kind has a line break in it.</summary>
    public static string FieldOf(string kind, string? key) => $"{kind}\n{key}";

    private async Task<IReadOnlyList<Alert>> ReadAsync(RedisValue[] ids, CancellationToken cancellationToken)
    {
        var rows = ids is [] ? [] : await database.RunAsync(redis => redis.HashGetAsync(_keys.Alerts, ids), cancellationToken);
        return [.. rows.Where(row => !row.IsNull).Select(Read)];
    }

    private async Task<bool> ChangeAsync(
        string script, RedisValue[] arguments, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(script, _keys.OfAlerts, arguments, audit, cancellationToken) == 1;

    private static Alert Read(RedisValue row) => RedisJson.Read<AlertRow>(row).ToAlert();
}
