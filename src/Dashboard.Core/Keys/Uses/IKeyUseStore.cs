namespace Dashboard.Core.Keys.Uses;

/// <summary>Keeps what keys were used for. Every adapter must pass <c>KeyUseStoreContract</c>.</summary>
internal interface IKeyUseStore
{
    /// <summary>The uses of every key that was used, by <c>kid</c>.</summary>
    Task<IReadOnlyDictionary<string, KeyUse>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds uses to those that are there: numbers add up, and no time goes back. All of them or nothing.</summary>
    Task AddAsync(IReadOnlyDictionary<string, KeyUse> uses, CancellationToken cancellationToken);
}

/// <summary>What a key was used for.</summary>
/// <param name="Issued">How many tokens it signed.</param>
/// <param name="LastVerifiedAt">When a token that it signed was last accepted; null where none was.</param>
public sealed record KeyUse(long Issued, DateTimeOffset? LastVerifiedAt)
{
    /// <summary>When it last signed a token; null where it never did. The ledger forgets it with its last token.</summary>
    public DateTimeOffset? LastSignedAt { get; init; }

    /// <summary>That of a key that nobody used.</summary>
    public static readonly KeyUse None = new(0, null);

    /// <summary>Both together.</summary>
    public KeyUse Plus(KeyUse other) => new(
        Issued + other.Issued, Later(LastVerifiedAt, other.LastVerifiedAt))
    {
        LastSignedAt = Later(LastSignedAt, other.LastSignedAt),
    };

    /// <summary>The later of two times, as far as there are any.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
