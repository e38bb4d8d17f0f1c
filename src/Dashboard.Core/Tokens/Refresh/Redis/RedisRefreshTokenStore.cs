using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Refresh.Redis;

internal sealed class RedisRefreshTokenStore(RedisDatabase database) : IRefreshTokenStore
{
    private readonly LedgerIndexes _indexes = new(database.Keys);

    public async Task<StoredRefreshToken?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.RefreshToken(hash), RefreshRow.Fields), cancellationToken);
        if (row[0].IsNull)
        {
            return null;
        }

        var revokedAt = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.RefreshFamily(row[2]!), "revoked_at"), cancellationToken);
        return RefreshRow.Read(row, revokedAt);
    }

    public async Task<bool> StartAsync(
        StoredRefreshToken first, IReadOnlyList<LedgerEntry> rows, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var (ledgerKeys, ledgerArguments) = ToAdd(rows);
        return (bool)await database.CommitAsync(
            RefreshScripts.Start,
            [keys.RefreshFamily(first.Family), keys.RefreshFamilies, keys.RefreshToken(first.Hash), keys.RefreshTokens, .. ledgerKeys],
            [first.Family, first.ExpiresAt.ToUnixTimeMilliseconds(), .. Counted(first), .. ledgerArguments],
            cancellationToken);
    }

    public async Task<RefreshUse> UseAsync(RefreshRotation rotation, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var (token, successor) = (rotation.Token, rotation.Successor);
        var (ledgerKeys, ledgerArguments) = ToAdd(rotation.Rows);
        var answer = (RedisValue[])(await database.CommitAsync(
            RefreshScripts.Use,
            [
                keys.RefreshToken(token.Hash), keys.RefreshToken(token.Predecessor ?? []), keys.RefreshFamily(token.Family),
                keys.Token(token.TokenId), keys.TokensByExpiry, keys.LiveTokensByExpiry, keys.RevokedTokensByExpiry,
                keys.RefreshToken(successor.Hash), keys.RefreshTokens, .. ledgerKeys,
            ],
            [
                rotation.Now.ToUnixTimeMilliseconds(), (long)rotation.Grace.TotalMilliseconds,
                rotation.SealedSuccessor ?? RedisValue.EmptyString, .. Counted(successor), .. ledgerArguments,
            ],
            cancellationToken))!;
        return (string)answer[0]! switch
        {
            "used" => new RefreshUse.Used(),
            "again" => new RefreshUse.UsedJustNow(answer[1]!),
            "replayed" => new RefreshUse.Replayed(),
            "revoked" => new RefreshUse.Revoked(),
            _ => new RefreshUse.Unknown(),
        };
    }

    public async Task<DateTimeOffset> RevokeFamilyAsync(
        string family, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)await database.CommitAsync(
            RefreshScripts.RevokeFamily,
            [database.Keys.RefreshFamily(family), database.Keys.RefreshFamilies],
            [family, at.ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds()],
            cancellationToken));

    public async Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var tokens = await PurgeAsync(
            keys.RefreshTokens, member => keys.RefreshToken((byte[])member!), expiredBefore, limit, term, cancellationToken);
        return tokens + await PurgeAsync(
            keys.RefreshFamilies, member => keys.RefreshFamily(member!), expiredBefore, limit, term, cancellationToken);
    }

    private async Task<int> PurgeAsync(
        RedisKey index,
        Func<RedisValue, RedisKey> keyOf,
        DateTimeOffset expiredBefore,
        int limit,
        Term term,
        CancellationToken cancellationToken)
    {
        var due = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                index, stop: expiredBefore.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, take: limit),
            cancellationToken);

        // Asked of the leader alone even where nothing is due.
        return (int)await database.EvaluateAsync(term, RefreshScripts.Purge, [index, .. due.Select(keyOf)], due, cancellationToken);
    }

    private static RedisValue[] Counted(StoredRefreshToken token)
    {
        var fields = RefreshRow.Write(token);
        return [fields.Count, .. fields];
    }

    private (RedisKey[] Keys, RedisValue[] Arguments) ToAdd(IReadOnlyList<LedgerEntry> rows)
    {
        var all = rows.Select(row => _indexes.ToAdd(row, LedgerRow.Write(row))).ToList();
        return (
            [.. all.SelectMany(row => row.Keys)],
            [.. all.SelectMany(row => new RedisValue[] { row.Keys.Length, row.Arguments.Length }.Concat(row.Arguments))]);
    }
}
