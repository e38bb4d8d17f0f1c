namespace Dashboard.Core.Keys.Public;

/// <summary>Where a set of public keys is, and how it is looked after.</summary>
/// <param name="Address">The https URL of a JWK set.</param>
/// <param name="Lifetime">How long a set is believed without looking again.</param>
/// <param name="CoolDown">How soon it is looked at again for a key that is not in it, or after it could not be had.</param>
/// <param name="MayBePrivate">True where the address may be in our own network.</param>
/// <param name="MostKeys">Keys beyond that are not looked at.</param>
internal sealed record KeySetPlace(string Address, TimeSpan Lifetime, TimeSpan CoolDown, bool MayBePrivate, int MostKeys);

/// <summary>What is known of a set of public keys. Immutable: each fetch makes a new one.</summary>
internal sealed record KeySet
{
    public static readonly KeySet Nothing = new();

    /// <summary>Those of the last fetch that succeeded.</summary>
    public IReadOnlyList<PublicKey> Keys { get; init; } = [];

    /// <summary>When the keys were had; null where they never were.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When the last fetch began, however it ended; null where there was none.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Why the last fetch failed, in a sentence; null where it did not.</summary>
    public string? Fault { get; init; }

    /// <summary>When it first failed since it last succeeded; null where the last one did.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How old the keys are; null where there are none.</summary>
    public TimeSpan? AgeAt(DateTimeOffset now) => now - FetchedAt;

    /// <summary>When it is to be looked at again; null for at once.</summary>
    public DateTimeOffset? DueAt(KeySetPlace place) =>
        Fault is null ? FetchedAt + place.Lifetime : TriedAt + place.CoolDown;

    /// <summary>True where it is time to look again for somebody who needs this key.</summary>
    public bool IsDue(KeySetPlace place, string? keyId, DateTimeOffset now) =>
        TriedAt is not { } tried
        || (now - tried).Duration() >= place.Lifetime
        || ((now - tried).Duration() >= place.CoolDown && !Has(keyId));

    // What could not be had is looked for again as soon as what is not there.
    private bool Has(string? keyId) =>
        Fault is null && Keys.Count > 0 && (keyId is null || Keys.Any(key => key.KeyId == keyId));
}
