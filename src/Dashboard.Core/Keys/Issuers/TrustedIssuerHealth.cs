namespace Dashboard.Core.Keys.Issuers;

/// <summary>Where an issuer's keys come from.</summary>
public enum IssuerKeySource
{
    /// <summary>Fetched from an address.</summary>
    Jwks,

    /// <summary>A public key or certificate in the settings.</summary>
    PublicKey,

    /// <summary>A shared secret in the settings.</summary>
    Secret,
}

/// <summary>How well the keys of an issuer are known.</summary>
public enum IssuerKeyState
{
    /// <summary>Fetched, and young enough.</summary>
    Fresh,

    /// <summary>Older than they should be, because the address fails; still good.</summary>
    Stale,

    /// <summary>The address fails, and there are no keys that are still good: its tokens are refused.</summary>
    Unreachable,

    /// <summary>Not fetched yet.</summary>
    NeverFetched,

    /// <summary>Configured: nothing is fetched.</summary>
    Static,
}

/// <summary>A key of an issuer.</summary>
/// <param name="KeyId">Its <c>kid</c>; null where it has none.</param>
/// <param name="Algorithms">Those of the issuer's algorithms that it verifies; none where it is of no use.</param>
public sealed record IssuerKey(string? KeyId, IReadOnlyList<string> Algorithms);

/// <summary>A trusted issuer and how its keys are.</summary>
public sealed record TrustedIssuerHealth
{
    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    /// <summary>Its <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    public required IssuerKeySource Source { get; init; }

    /// <summary>The host that its keys are fetched from; null where they are not.</summary>
    public string? Host { get; init; }

    public required IReadOnlyList<string> Algorithms { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>The keys that are known; none for a secret.</summary>
    public required IReadOnlyList<IssuerKey> Keys { get; init; }

    public required IssuerKeyState State { get; init; }

    /// <summary>When the keys were fetched; null where they never were.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When the last fetch failed; null where it did not.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Since when fetching fails; null where it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the last fetch failed, in a sentence; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>When the keys are fetched again; null where they are not, or at once.</summary>
    public DateTimeOffset? NextFetchAt { get; init; }

    /// <summary>Until when the keys that are known are good if none can be fetched; null where there are none, or for ever.</summary>
    public DateTimeOffset? GoodUntil { get; init; }
}
