using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Rows of the ledger with valid defaults, and many that look like a busy deployment's.</summary>
internal static class LedgerRows
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Subjects = ["alice", "alice2", "bob", "client-1", "Alice", "a'b\"c", "%", "_", "été", "\U0001F600"];
    private static readonly string?[] Clients = ["client-1", "client-2", "alice", null];
    private static readonly string?[] Sessions = ["s-1", "s-2", null, null];
    private static readonly string?[] Families = ["f-1", "f-2", null, null];
    private static readonly string[] Scopes = ["", "read", "read write", "write read", "admin", "reader", "files:*"];

    public static LedgerEntry Row(string id = "t-1") => new()
    {
        TokenId = id,
        Kind = TokenKind.Access,
        Subject = "alice",
        Client = "client-1",
        Session = "s-1",
        Scope = "read write",
        Audience = "signet",
        KeyId = "key-1",
        IssuedAt = Start,
        ExpiresAt = Start.AddHours(1),
        IssuedBy = "alice",
        Claims = "{}",
    };

    /// <summary>The same rows in every run; several share a moment of issuing.</summary>
    public static IReadOnlyList<LedgerEntry> Random(int count, ulong seed)
    {
        var random = new Lcg(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Next(random))];
    }

    private static LedgerEntry Next(Lcg random)
    {
        var issuedAt = Start.AddMilliseconds(random.Next(50) * 500);
        return Row($"{"ABcd19-_"[random.Next(8)]}{random.Next(int.MaxValue)}") with
        {
            Kind = random.Pick(Enum.GetValues<TokenKind>()),
            Subject = random.Pick(Subjects),
            Client = random.Pick(Clients),
            Session = random.Pick(Sessions),
            Scope = random.Pick(Scopes),
            KeyId = random.Pick(new[] { "key-1", "key-2" }),
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt.AddSeconds(random.Next(40)),
            Revoked = random.OneIn(4) ? new RevocationStamp(issuedAt, "bob", "why") : null,
            Family = random.Pick(Families),
        };
    }
}
