using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Sqlite;

namespace Dashboard.Core.Tokens.Revocation.Sqlite;

internal sealed class SqliteRevocationStore(SqliteDatabase database, SqliteAuditStore audits) : IRevocationStore
{
    private const int MostToCount = 10_000;

    private const string Columns =
        "id, scope, value, filter, issued_before, revoked_at, revoked_by, reason, state, revoked_tokens, progress_cursor";

    public Task<TokenRevocationOutcome> RevokeAsync(
        string tokenId, RevocationStamp stamp, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync<TokenRevocationOutcome>(
            write =>
            {
                if (Stamp(write, tokenId, stamp))
                {
                    audits.Append(write, audit);
                    return new TokenRevocationOutcome.Revoked(stamp);
                }

                var earlier = write.Query(
                    "SELECT revoked_at, revoked_by, revoked_reason FROM ledger WHERE token_id = $token_id;",
                    row => new RevocationStamp(
                        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.GetString(2)),
                    ("$token_id", tokenId));
                return earlier is [var known]
                    ? new TokenRevocationOutcome.Already(known)
                    : new TokenRevocationOutcome.Unknown();
            },
            cancellationToken);

    public Task AddAsync(TokenRevocation revocation, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                write.Execute(
                    """
                    INSERT INTO revocations (id, scope, value, filter, issued_before, revoked_at, revoked_by, reason, state)
                    VALUES ($id, $scope, $value, $filter, $issued_before, $revoked_at, $revoked_by, $reason, $state);
                    """,
                    ("$id", revocation.Id),
                    ("$scope", RevocationNames.NameOf(revocation.Scope)),
                    ("$value", revocation.Value),
                    ("$filter", RevocationNames.WriteFilter(revocation.Filter)),
                    ("$issued_before", revocation.IssuedBefore.ToUnixTimeMilliseconds()),
                    ("$revoked_at", revocation.Stamp.At.ToUnixTimeMilliseconds()),
                    ("$revoked_by", revocation.Stamp.By),
                    ("$reason", revocation.Stamp.Reason),
                    ("$state", RevocationNames.NameOf(revocation.State)));
                audits.Append(write, audit);
            },
            cancellationToken);

    public Task<RevocationBatch> ContinueAsync(string id, int limit, CancellationToken cancellationToken)
    {
        // Looked up outside the writer, so that it is held up only by the rows it changes.
        var (revocation, cursor) = Find(id) ?? throw new InvalidOperationException("There is no such revocation.");
        var rows = revocation.State is RevocationState.Running ? Covered(revocation, cursor, limit) : [];
        return database.WriteAsync(write => Write(write, revocation, rows, isLast: rows.Count < limit), cancellationToken);
    }

    public Task<bool> CancelAsync(string id, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var cancelled = write.Execute(
                    "UPDATE revocations SET state = 'cancelled' WHERE id = $id AND state = 'running';", ("$id", id)) == 1;
                if (cancelled)
                {
                    audits.Append(write, audit);
                }

                return cancelled;
            },
            cancellationToken);

    public Task<TokenRevocation?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(Find(id)?.Revocation);

    public Task<IReadOnlyList<TokenRevocation>> FindRunningAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Read("state = 'running' ORDER BY revoked_at, id"));

    public Task<RevocationSnapshot> ReadAsync(DateTimeOffset expiresAfter, CancellationToken cancellationToken)
    {
        var tokens = database.Query<(string TokenId, long ExpiresAt)>(
            "SELECT token_id, expires_at FROM ledger WHERE revoked_at IS NOT NULL AND expires_at > @after;",
            new { after = expiresAfter.ToUnixTimeMilliseconds() });
        return Task.FromResult(new RevocationSnapshot(
            Read("scope <> 'filter'"),
            [.. tokens.Select(token => (token.TokenId, DateTimeOffset.FromUnixTimeMilliseconds(token.ExpiresAt)))]));
    }

    public Task<RevocationPreview> PreviewAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            var query = new LedgerQuery(connection, filter with { Status = TokenStatus.Live }, now);
            var (tokens, clients, subjects, lastExpiry) = query.Sum(MostToCount + 1);
            return new RevocationPreview(
                Math.Min(tokens, MostToCount),
                clients.Count,
                subjects.Count,
                tokens > MostToCount,
                lastExpiry == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(lastExpiry));
        }));

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM revocations WHERE id IN (
                SELECT id FROM revocations WHERE revoked_at < $before AND state <> 'running' ORDER BY revoked_at, id LIMIT $limit);
            """,
            before,
            limit,
            term,
            cancellationToken);

    private List<LedgerEntry> Covered(TokenRevocation revocation, PageCursor? cursor, int limit) =>
        database.Read(connection =>
        {
            var before = revocation.IssuedBefore.AddMilliseconds(1);
            var filter = revocation.Filter! with
            {
                Status = TokenStatus.Live,
                IssuedTo = revocation.Filter.IssuedTo < before ? revocation.Filter.IssuedTo : before,
            };
            return new LedgerQuery(connection, filter, revocation.Stamp.At).Read(cursor, limit);
        });

    private static RevocationBatch Write(
        SqliteWrite write, TokenRevocation revocation, List<LedgerEntry> rows, bool isLast)
    {
        // A cancellation may have come between the reading of the rows and this.
        if (StateOf(write, revocation.Id) is var now and not RevocationState.Running)
        {
            return new RevocationBatch(revocation with { State = now }, []);
        }

        List<(string TokenId, DateTimeOffset ExpiresAt)> stamped =
        [
            .. rows.Where(row => Stamp(write, row.TokenId, revocation.Stamp)).Select(row => (row.TokenId, row.ExpiresAt)),
        ];
        var cursor = rows is [.., var last] ? new PageCursor(last.IssuedAt, last.TokenId).ToString() : null;
        write.Execute(
            """
            UPDATE revocations SET revoked_tokens = revoked_tokens + $count,
                progress_cursor = COALESCE($cursor, progress_cursor),
                state = CASE WHEN $is_last THEN 'done' ELSE state END
            WHERE id = $id;
            """,
            ("$count", stamped.Count),
            ("$cursor", cursor),
            ("$is_last", isLast ? 1 : 0),
            ("$id", revocation.Id));
        return new RevocationBatch(
            revocation with
            {
                State = StateOf(write, revocation.Id),
                RevokedTokens = revocation.RevokedTokens + stamped.Count,
            },
            stamped);
    }

    private static RevocationState StateOf(SqliteWrite write, string id) => Enum.Parse<RevocationState>(
        write.Scalar<string>("SELECT state FROM revocations WHERE id = $id;", ("$id", id))!, ignoreCase: true);

    private static bool Stamp(SqliteWrite write, string tokenId, RevocationStamp stamp) =>
        write.Execute(
            """
            UPDATE ledger SET revoked_at = $at, revoked_by = $by, revoked_reason = $reason
            WHERE token_id = $token_id AND revoked_at IS NULL;
            """,
            ("$at", stamp.At.ToUnixTimeMilliseconds()),
            ("$by", stamp.By),
            ("$reason", stamp.Reason),
            ("$token_id", tokenId)) == 1;

    private (TokenRevocation Revocation, PageCursor? Cursor)? Find(string id) =>
        database.QueryFirst<Row>($"SELECT {Columns} FROM revocations WHERE id = @id;", new { id }) is { } row
            ? (row.ToRevocation(), PageCursor.Parse(row.ProgressCursor))
            : null;

    private IReadOnlyList<TokenRevocation> Read(string condition) =>
    [
        .. database.Query<Row>($"SELECT {Columns} FROM revocations WHERE {condition};").Select(row => row.ToRevocation()),
    ];

    private sealed record Row(
        string Id,
        string Scope,
        string Value,
        string Filter,
        long IssuedBefore,
        long RevokedAt,
        string RevokedBy,
        string Reason,
        string State,
        long RevokedTokens,
        string? ProgressCursor)
    {
        public TokenRevocation ToRevocation() => new(
            Id,
            Enum.Parse<RevocationScope>(Scope, ignoreCase: true),
            Value,
            RevocationNames.ReadFilter(Filter),
            DateTimeOffset.FromUnixTimeMilliseconds(IssuedBefore),
            new RevocationStamp(DateTimeOffset.FromUnixTimeMilliseconds(RevokedAt), RevokedBy, Reason),
            Enum.Parse<RevocationState>(State, ignoreCase: true),
            RevokedTokens);
    }
}
