using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Ledger;

/// <summary>What a filter means, written the slow and obvious way.</summary>
internal static class LedgerOracle
{
    public static IReadOnlyList<string> Matching(IEnumerable<LedgerEntry> rows, LedgerFilter filter, DateTimeOffset now) =>
    [
        .. rows.Where(row => Matches(row, filter, now))
            .OrderByDescending(row => row.IssuedAt)
            .ThenByDescending(row => row.TokenId, StringComparer.Ordinal)
            .Select(row => row.TokenId),
    ];

    /// <summary>A filter of several members, each set now and then.</summary>
    public static LedgerFilter Random(Lcg random)
    {
        var start = LedgerRows.Start;
        return new LedgerFilter
        {
            Status = random.OneIn(3) ? random.Pick(Enum.GetValues<TokenStatus>()) : null,
            Kind = random.OneIn(4) ? random.Pick(Enum.GetValues<TokenKind>()) : null,
            Subject = random.OneIn(4) ? random.Pick(new[] { "alice", "bob", "%", "nobody" }) : null,
            Client = random.OneIn(4) ? random.Pick(new[] { "client-1", "alice", "nobody" }) : null,
            Session = random.OneIn(5) ? "s-1" : null,
            Scope = random.OneIn(4) ? random.Pick(new[] { "read", "write", "admin", "files:*", "files", "none" }) : null,
            Family = random.OneIn(5) ? "f-1" : null,
            KeyId = random.OneIn(4) ? "key-1" : null,
            IssuedFrom = random.OneIn(4) ? start.AddMilliseconds(random.Next(50) * 500) : null,
            IssuedTo = random.OneIn(4) ? start.AddMilliseconds(random.Next(50) * 500) : null,
            ExpiresFrom = random.OneIn(4) ? start.AddSeconds(random.Next(60)) : null,
            ExpiresTo = random.OneIn(4) ? start.AddSeconds(random.Next(60)) : null,
            RevokedFrom = random.OneIn(6) ? start.AddMilliseconds(random.Next(50) * 500) : null,
            NeverPresented = random.OneIn(5),
            Text = random.OneIn(3) ? random.Pick(new[] { "a", "alice", "client", "A", "c", "%", "_", "é", "1", "zzz" }) : null,
        };
    }

    private static bool Matches(LedgerEntry row, LedgerFilter filter, DateTimeOffset now) =>
        (filter.Status is not { } status || StatusOf(row, now) == status)
        && (filter.Kind is not { } kind || row.Kind == kind)
        && (filter.Subject is not { } subject || row.Subject == subject)
        && (filter.Client is not { } client || row.Client == client)
        && (filter.Session is not { } session || row.Session == session)
        && (filter.Family is not { } family || row.Family == family)
        && (filter.Scope is not { } scope || row.Scope.Split(' ').Contains(scope, StringComparer.Ordinal))
        && (filter.KeyId is not { } key || row.KeyId == key)
        && (filter.IssuedFrom is not { } issuedFrom || row.IssuedAt >= issuedFrom)
        && (filter.IssuedTo is not { } issuedTo || row.IssuedAt < issuedTo)
        && (filter.ExpiresFrom is not { } expiresFrom || row.ExpiresAt >= expiresFrom)
        && (filter.ExpiresTo is not { } expiresTo || row.ExpiresAt < expiresTo)
        && (filter.RevokedFrom is not { } revokedFrom || row.Revoked?.At >= revokedFrom)
        && (!filter.NeverPresented || row.Presented is null)
        && (filter.Text is not { } text || Begins(row.TokenId, text) || Begins(row.Subject, text) || Begins(row.Client, text));

    private static TokenStatus StatusOf(LedgerEntry row, DateTimeOffset now) =>
        row.Revoked is not null ? TokenStatus.Revoked : row.ExpiresAt <= now ? TokenStatus.Expired : TokenStatus.Live;

    private static bool Begins(string? value, string text) => value?.StartsWith(text, StringComparison.Ordinal) is true;
}
