using System.Collections.Frozen;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Outbound;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>The issuers that are trusted, and the keys that verify their tokens: from memory nearly always.</summary>
internal sealed class IssuerKeys
{
    private readonly FrozenDictionary<string, TrustedIssuer> _byIssuer;
    private readonly FetchedKeySets _fetched;
    private readonly TimeProvider _clock;

    public IssuerKeys(IOptions<TrustedIssuersOptions> options, GuardedHttp http, TimeProvider clock)
    {
        All = TrustedIssuersOptionsRules.Read(options.Value.TrustedIssuers, out _);
        _byIssuer = All.ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);
        _fetched = new FetchedKeySets(http, clock);
        _clock = clock;
    }

    /// <summary>As configured, in order.</summary>
    public IReadOnlyList<TrustedIssuer> All { get; }

    /// <summary>The issuer with exactly this <c>iss</c>; null where nobody of that name is trusted.</summary>
    public TrustedIssuer? Find(string? issuer) => issuer is null ? null : _byIssuer.GetValueOrDefault(issuer);

    /// <summary>What is known of an issuer's keys now; nothing for one whose key is configured.</summary>
    public KeySet Peek(TrustedIssuer issuer) => issuer.Place is { } place ? _fetched.Peek(place) : KeySet.Nothing;

    /// <summary>True where memory knows this key, and it was made for other algorithms.</summary>
    public bool IsForAnotherAlgorithm(TrustedIssuer issuer, string? keyId, string algorithm) =>
        keyId is not null
        && Peek(issuer).Keys.Where(key => key.KeyId == keyId).ToList() is { Count: > 0 } named
        && !named.Exists(key => key.Fits(algorithm));

    /// <summary>The key that a token names, or the only one that it can mean; null where there is none that may be used.</summary>
    public async ValueTask<IVerifyingKey?> FindAsync(
        TrustedIssuer issuer, string? keyId, string? algorithm, CancellationToken cancellationToken)
    {
        if (issuer.Place is not { } place)
        {
            // It has no name: whatever a token calls it, there is no other.
            return issuer.StaticKey?.Fits(algorithm) is true ? issuer.StaticKey : null;
        }

        var now = _clock.GetUtcNow();
        var known = _fetched.Peek(place);
        if (!IsUsable(issuer, known, now) || Choose(known.Keys, keyId, algorithm) is not { } key)
        {
            // Fetched once a cool-down, whoever asks and however often.
            known = await _fetched.FindAsync(place, keyId, cancellationToken);
            return IsUsable(issuer, known, _clock.GetUtcNow()) ? Choose(known.Keys, keyId, algorithm) : null;
        }

        if (known.DueAt(place) <= now)
        {
            // Nobody waits for that: these are still good.
            _ = RefreshAsync(issuer, place.CoolDown, CancellationToken.None);
        }

        return key;
    }

    /// <summary>Fetches an issuer's keys unless that began less than the given time ago.</summary>
    public Task<KeySet> RefreshAsync(TrustedIssuer issuer, TimeSpan unlessWithin, CancellationToken cancellationToken) =>
        issuer.Place is { } place
            ? _fetched.RefreshAsync(place, unlessWithin, cancellationToken)
            : Task.FromResult(KeySet.Nothing);

    /// <summary>Until when keys that were had are good while no others can be.</summary>
    public static DateTimeOffset? GoodUntil(TrustedIssuer issuer, KeySet known) =>
        known.FetchedAt + issuer.Place?.Lifetime + issuer.MaximumStaleness;

    private static bool IsUsable(TrustedIssuer issuer, KeySet known, DateTimeOffset now) => GoodUntil(issuer, known) > now;

    /// <summary>The key that a token names, or the only one that it can mean.</summary>
    internal static PublicKey? Choose(IReadOnlyList<PublicKey> keys, string? keyId, string? algorithm)
    {
        PublicKey? only = null;
        var several = false;
        foreach (var key in keys)
        {
            if (!key.Fits(algorithm))
            {
                continue;
            }

            if (keyId is not null && key.KeyId == keyId)
            {
                return key;
            }

            // A key without a name may be the one that is meant; a key with another name is not.
            if (keyId is null || key.KeyId is null)
            {
                several = only is not null;
                only ??= key;
            }
        }

        return several ? null : only;
    }
}
