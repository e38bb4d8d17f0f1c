using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Grants.Codes.Redis;

internal sealed class RedisAuthorizationCodeStore(RedisDatabase database) : IAuthorizationCodeStore
{
    private static readonly RedisValue[] Fields =
    [
        "hash", "client", "redirect_uri", "challenge", "subject", "user_name", "scope", "resource", "issued_at", "expires_at",
        "family",
    ];

    // KEYS: code, codes by expiry. ARGV: hash, expiry, names and values.
    private const string Add = """
        redis.call('HSET', KEYS[1], unpack(ARGV, 3))
        redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
        return 1
        """;

    // KEYS: code. ARGV: family, now.
    private const string Use = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return false end
        if redis.call('HSETNX', KEYS[1], 'family', ARGV[1]) == 1 then redis.call('HSET', KEYS[1], 'used_at', ARGV[2]) end
        return redis.call('HGET', KEYS[1], 'family')
        """;

    // KEYS: codes by expiry, and behind it each code. ARGV: hashes.
    private const string Purge = """
        local gone = 0
        for index = 1, #ARGV do
            gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
            redis.call('DEL', KEYS[index + 1])
        end
        return gone
        """;

    public Task AddAsync(StoredCode code, CancellationToken cancellationToken)
    {
        var expiresAt = code.ExpiresAt.ToUnixTimeMilliseconds();
        RedisValue[] resource = code.Grant.Resource is { } given ? ["resource", given] : [];
        return database.CommitAsync(
            Add,
            [database.Keys.AuthorizationCode(code.Hash), database.Keys.AuthorizationCodes],
            [
                code.Hash, expiresAt,
                "hash", code.Hash,
                "client", code.Grant.ClientId,
                "redirect_uri", code.Grant.RedirectUri,
                "challenge", code.Grant.CodeChallenge,
                "subject", code.Grant.Subject,
                "user_name", code.Grant.UserName,
                "scope", ScopeText.Join(code.Grant.Scopes),
                "issued_at", code.IssuedAt.ToUnixTimeMilliseconds(),
                "expires_at", expiresAt,
                .. resource,
            ],
            cancellationToken);
    }

    public async Task<StoredCode?> FindAsync(byte[] hash, CancellationToken cancellationToken) => Read(await database.RunAsync(
        redis => redis.HashGetAsync(database.Keys.AuthorizationCode(hash), Fields), cancellationToken));

    public async Task<string?> UseAsync(byte[] hash, string family, DateTimeOffset now, CancellationToken cancellationToken) =>
        (string?)await database.CommitAsync(
            Use, [database.Keys.AuthorizationCode(hash)], [family, now.ToUnixTimeMilliseconds()], cancellationToken);

    public async Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var due = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                database.Keys.AuthorizationCodes,
                stop: expiredBefore.ToUnixTimeMilliseconds(),
                exclude: Exclude.Stop,
                take: limit),
            cancellationToken);

        // Asked of the leader alone even where nothing is due.
        return (int)await database.EvaluateAsync(
            term,
            Purge,
            [database.Keys.AuthorizationCodes, .. due.Select(hash => database.Keys.AuthorizationCode((byte[])hash!))],
            due,
            cancellationToken);
    }

    private static StoredCode? Read(RedisValue[] row) => row[0].IsNull
        ? null
        : new StoredCode(
            row[0]!,
            new AuthorizationGrant(row[1]!, row[2]!, row[3]!, row[4]!, row[5]!, ScopeText.Split(row[6]), row[7]),
            DateTimeOffset.FromUnixTimeMilliseconds((long)row[8]),
            DateTimeOffset.FromUnixTimeMilliseconds((long)row[9]))
        {
            Family = row[10],
        };
}
