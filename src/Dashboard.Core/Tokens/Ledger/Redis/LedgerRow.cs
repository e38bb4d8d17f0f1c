using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Maps a row of the ledger. Fields have the names of the columns in SQLite; one that is null is not there.</summary>
internal static class LedgerRow
{
    public static readonly RedisValue[] Fields =
    [
        "token_id", "kind", "subject", "client", "session", "scope", "audience", "key_id", "issued_at", "expires_at", "issued_by",
        "claims", "defect", "first_presented_at", "first_presented_ip", "first_presented_agent", "first_presented_to",
        "last_presented_at", "last_presented_ip", "last_presented_agent", "last_presented_to", "revoked_at", "revoked_by", "revoked_reason",
        "family", "granted_at",
    ];

    /// <summary>A new row as names and values in turn.</summary>
    public static IReadOnlyList<RedisValue> Write(LedgerEntry entry)
    {
        List<RedisValue> fields = [];
        Add("token_id", entry.TokenId);
        Add("kind", entry.Kind.Name);
        Add("subject", entry.Subject);
        Add("client", entry.Client);
        Add("session", entry.Session);
        Add("family", entry.Family);
        Add("granted_at", entry.GrantedAt?.ToUnixTimeMilliseconds());
        Add("scope", entry.Scope);
        Add("audience", entry.Audience);
        Add("key_id", entry.KeyId);
        Add("issued_at", entry.IssuedAt.ToUnixTimeMilliseconds());
        Add("expires_at", entry.ExpiresAt.ToUnixTimeMilliseconds());
        Add("issued_by", entry.IssuedBy);
        Add("claims", entry.Claims);
        Add("defect", entry.Defect);
        if (entry.Revoked is { } revoked)
        {
            Add("revoked_at", revoked.At.ToUnixTimeMilliseconds());
            Add("revoked_by", revoked.By);
            Add("revoked_reason", revoked.Reason);
        }

        return fields;

        void Add(string name, RedisValue value)
        {
            if (!value.IsNull)
            {
                fields.Add(name);
                fields.Add(value);
            }
        }
    }

    /// <summary>A row from the values of <see cref="Fields"/>; null where there is none.</summary>
    public static LedgerEntry? Read(RedisValue[] row) => row[0].IsNull ? null : new()
    {
        TokenId = row[0]!,
        Kind = TokenKinds.Parse(row[1]) ?? throw new InvalidDataException("The ledger holds an unknown kind."),
        Subject = row[2]!,
        Client = row[3],
        Session = row[4],
        Scope = row[5]!,
        Audience = row[6]!,
        KeyId = row[7]!,
        IssuedAt = Time(row[8]),
        ExpiresAt = Time(row[9]),
        IssuedBy = row[10]!,
        Claims = row[11]!,
        Defect = row[12],
        Presented = row[13].IsNull ? null : new PresentationSpan(Shown(row.AsSpan(13)), Shown(row.AsSpan(17))),
        Revoked = row[21].IsNull ? null : new RevocationStamp(Time(row[21]), row[22]!, row[23]!),
        Family = row[24],
        GrantedAt = row[25].IsNull ? null : Time(row[25]),
    };

    private static Presentation Shown(ReadOnlySpan<RedisValue> row) => new(Time(row[0]), row[1], row[2], row[3]!);

    public static DateTimeOffset Time(RedisValue milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
