using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Clients.Redis;

internal sealed class RedisClientStore(RedisDatabase database, RedisAuditStore audits) : IClientStore
{
    private readonly RedisKeys _keys = database.Keys;
    private readonly LedgerChanges _ledger = new(database.Keys);

    public async Task<Client?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync([id], cancellationToken) is [var client] ? client : null;

    public async Task<bool> AddAsync(Client client, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = ClientRow.Of(client);
        var (ledgerKeys, ledgerArguments) = _ledger.Of(ledger);
        RedisValue[] fields = [.. RedisClientRow.Write(row, withUses: true)];
        return (bool)await audits.ChangeAsync(
            RedisClientScripts.Add,
            [.. _keys.OfClient(row.Id), .. ledgerKeys],
            [.. PlacesOf(row), fields.Length, .. fields, .. ledgerArguments],
            audit,
            cancellationToken);
    }

    public async Task<bool> ReplaceAsync(
        Client changed, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = ClientRow.Of(changed) with { Version = changed.Version + 1 };
        var (ledgerKeys, ledgerArguments) = _ledger.Of(ledger);
        RedisValue[] fields = [.. RedisClientRow.Write(row, withUses: false)];
        return (bool)await audits.ChangeAsync(
            RedisClientScripts.Replace,
            [.. _keys.OfClient(row.Id), .. ledgerKeys],
            [
                .. PlacesOf(row),
                changed.Version,
                $" {string.Join(' ', changed.Secrets.Select(secret => secret.Id))} ",
                changed.Ended is { Reason: ClientEndReason.Unused } ? 1 : 0,
                fields.Length,
                .. fields,
                .. ledgerArguments,
            ],
            audit,
            cancellationToken);
    }

    public Task<Page<Client>> ListAsync(
        ClientFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var index = filter.Standing is ClientStanding.Gone ? _keys.EndedClients : _keys.LiveClients;
        return new ClientWalk(
            (behind, most) => ReadAsync(index, behind, most, cancellationToken),
            () => database.RunAsync(redis => redis.SortedSetLengthAsync(index), cancellationToken))
            .ListAsync(filter, now, PageCursor.Parse(cursor), limit);
    }

    public Task RecordUsesAsync(IReadOnlyCollection<ClientUse> uses, CancellationToken cancellationToken) =>
        Task.WhenAll(uses.Select(use => database.EvaluateAsync(
            RedisClientScripts.Record,
            [_keys.Client(use.ClientId), _keys.UnusedClients],
            [use.ClientId, use.At.ToUnixTimeMilliseconds(), use.SecretId ?? ""],
            cancellationToken)));

    public async Task<IReadOnlyList<Client>> FindDueAsync(
        DateTimeOffset expiredBefore, DateTimeOffset unusedSince, int limit, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(
            redis => Task.WhenAll(
                BeforeAsync(redis, _keys.ClientsByExpiry, expiredBefore, limit),
                BeforeAsync(redis, _keys.UnusedClients, unusedSince, limit)),
            cancellationToken);
        var clients = await ReadAsync(
            [.. ids.SelectMany(some => some).Distinct().Take(limit).Select(id => id.ToString())], cancellationToken);

        // What was renewed, used or ended since its id was read is not due any more.
        return [.. clients.Where(IsDue)];

        bool IsDue(Client client) => client.Ended is null
            && (client.ExpiresAt < expiredBefore
                || (client is { Origin: ClientOrigin.SelfRegistered, LastUsedAt: null }
                    && (client.DecidedAt ?? client.CreatedAt) < unusedSince));
    }

    public async Task<IReadOnlyList<Client>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var found = await database.RunAsync(
            redis => Task.WhenAll(
                BetweenAsync(redis, _keys.ClientsByExpiry, from, before, limit),
                BetweenAsync(redis, _keys.ClientSecretsByExpiry, from, before, limit)),
            cancellationToken);
        var clients = await ReadAsync(
            [.. found[0].Select(id => id.ToString()).Concat(found[1].Select(ClientOf)).Distinct()], cancellationToken);
        return [.. clients.Where(client => client.Ended is null)];
    }

    public async Task<IReadOnlyList<Client>> FindBarredAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(
            redis => Task.WhenAll(
                redis.SortedSetRangeByScoreAsync(_keys.BarredClients),
                BeforeAsync(redis, _keys.ClientsByExpiry, before, int.MaxValue),
                redis.SortedSetRangeByScoreAsync(_keys.UncutClients)),
            cancellationToken);
        var clients = await ReadAsync([.. ids.SelectMany(some => some).Distinct().Select(id => id.ToString())], cancellationToken);
        return [.. clients.Where(client => client.BarredFrom < before)];
    }

    public async Task<IReadOnlyList<Client>> FindUncutAsync(
        DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(redis => BeforeAsync(redis, _keys.UncutClients, endedBefore, limit), cancellationToken);
        var clients = await ReadAsync([.. ids.Select(id => id.ToString())], cancellationToken);
        return [.. clients.Where(client => client.Ended is { IsCutOff: false })];
    }

    public Task SetCutOffAsync(string id, CancellationToken cancellationToken) => database.EvaluateAsync(
        RedisClientScripts.SetCutOff, [_keys.Client(id), _keys.UncutClients], [id], cancellationToken);

    public async Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(
            redis => BeforeAsync(redis, _keys.ClientsByEnd, endedBefore, limit), cancellationToken);

        // Those that another node has just purged have no row any more.
        var ended = await ReadAsync([.. ids.Select(id => id.ToString())], cancellationToken);
        return ended is []
            ? 0
            : (int)await database.EvaluateAsync(
                term,
                RedisClientScripts.Purge,
                [_keys.ClientsByEnd, _keys.EndedClients, _keys.UncutClients, .. ended.Select(client => _keys.Client(client.Id))],
                [
                    .. ended.SelectMany(client => new RedisValue[]
                    {
                        client.Id, RedisClientRow.PlaceOf(client.CreatedAt.ToUnixTimeMilliseconds(), client.Id),
                    }),
                ],
                cancellationToken);
    }

    // A secret's id has no space; that of a client may.
    private static string ClientOf(RedisValue secret) => secret.ToString()[..secret.ToString().LastIndexOf(' ')];

    private static RedisValue[] PlacesOf(ClientRow row) =>
        RedisClientRow.PlacesOf(
            row.Id, row.Origin, row.CreatedAt, row.ExpiresAt, row.DecidedAt, row.EndedAt, row.UncutSince,
            RedisClientRow.IsBarred(row.State, row.Version));

    private static Task<RedisValue[]> BeforeAsync(IDatabaseAsync redis, RedisKey index, DateTimeOffset time, int limit) =>
        redis.SortedSetRangeByScoreAsync(index, stop: time.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, take: limit);

    private static Task<RedisValue[]> BetweenAsync(
        IDatabaseAsync redis, RedisKey index, DateTimeOffset from, DateTimeOffset before, int limit) =>
        redis.SortedSetRangeByScoreAsync(
            index, from.ToUnixTimeMilliseconds(), before.ToUnixTimeMilliseconds(), Exclude.Stop, take: limit);

    private async Task<IReadOnlyList<Client>> ReadAsync(
        RedisKey index, PageCursor? behind, int limit, CancellationToken cancellationToken)
    {
        var places = (string[])await database.EvaluateAsync(
            RedisClientScripts.Places, [index], [RedisClientRow.BoundOf(behind), limit], cancellationToken);
        return await ReadAsync([.. places.Select(RedisClientRow.IdIn)], cancellationToken);
    }

    private async Task<IReadOnlyList<Client>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(
            redis => Task.WhenAll(ids.Select(id => redis.HashGetAsync(_keys.Client(id), RedisClientRow.Fields))),
            cancellationToken);
        return [.. rows.Select(RedisClientRow.Read).OfType<Client>()];
    }
}
