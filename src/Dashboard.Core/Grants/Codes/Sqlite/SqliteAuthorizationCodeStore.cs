using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Grants.Codes.Sqlite;

internal sealed class SqliteAuthorizationCodeStore(SqliteDatabase database) : IAuthorizationCodeStore
{
    public Task AddAsync(StoredCode code, CancellationToken cancellationToken) => database.WriteAsync(
        write => write.Execute(
            """
            INSERT INTO authorization_codes (hash, client, redirect_uri, challenge, subject, user_name, scope, resource, issued_at,
                expires_at)
            VALUES ($hash, $client, $redirect_uri, $challenge, $subject, $user_name, $scope, $resource, $issued_at, $expires_at);
            """,
            ("$hash", code.Hash),
            ("$client", code.Grant.ClientId),
            ("$redirect_uri", code.Grant.RedirectUri),
            ("$challenge", code.Grant.CodeChallenge),
            ("$subject", code.Grant.Subject),
            ("$user_name", code.Grant.UserName),
            ("$scope", ScopeText.Join(code.Grant.Scopes)),
            ("$resource", code.Grant.Resource),
            ("$issued_at", code.IssuedAt.ToUnixTimeMilliseconds()),
            ("$expires_at", code.ExpiresAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task<StoredCode?> FindAsync(byte[] hash, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<Row>(
            """
            SELECT hash, client, redirect_uri, challenge, subject, user_name, scope, resource, issued_at, expires_at, family
            FROM authorization_codes WHERE hash = @hash;
            """,
            new { hash })?.ToCode());

    public Task<string?> UseAsync(byte[] hash, string family, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                write.Execute(
                    "UPDATE authorization_codes SET used_at = $now, family = $family WHERE hash = $hash AND used_at IS NULL;",
                    ("$now", now.ToUnixTimeMilliseconds()),
                    ("$family", family),
                    ("$hash", hash));
                return write.Scalar<string>("SELECT family FROM authorization_codes WHERE hash = $hash;", ("$hash", hash));
            },
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM authorization_codes WHERE hash IN (
                SELECT hash FROM authorization_codes WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            expiredBefore,
            limit,
            term,
            cancellationToken);

    private sealed record Row(
        byte[] Hash,
        string Client,
        string RedirectUri,
        string Challenge,
        string Subject,
        string UserName,
        string Scope,
        string? Resource,
        long IssuedAt,
        long ExpiresAt,
        string? Family)
    {
        public StoredCode ToCode() => new(
            Hash,
            new AuthorizationGrant(Client, RedirectUri, Challenge, Subject, UserName, ScopeText.Split(Scope), Resource),
            DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt))
        {
            Family = Family,
        };
    }
}
