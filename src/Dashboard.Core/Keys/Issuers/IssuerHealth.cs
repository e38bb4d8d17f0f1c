using System.Globalization;
using Dashboard.Core.Keys.Public;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>Says how an issuer's keys are: for lists, and in a sentence for reports.</summary>
internal static class IssuerHealth
{
    public static TrustedIssuerHealth Of(TrustedIssuer issuer, KeySet known, DateTimeOffset now) => new()
    {
        Name = issuer.Name,
        Issuer = issuer.Issuer,
        Source = issuer.Source,
        Host = issuer.Place is { } place ? new Uri(place.Address).Authority : null,
        Algorithms = issuer.Algorithms,
        Audiences = issuer.Audiences,
        Keys = KeysOf(issuer, known),
        State = StateOf(issuer, known, now),
        FetchedAt = known.FetchedAt,
        FailedAt = known.Fault is null ? null : known.TriedAt,
        FailingSince = known.FailingSince,
        Failure = known.Fault,
        NextFetchAt = issuer.Place is null ? null : known.DueAt(issuer.Place),
        GoodUntil = IssuerKeys.GoodUntil(issuer, known),
    };

    public static IssuerKeyState StateOf(TrustedIssuer issuer, KeySet known, DateTimeOffset now) => (issuer.Place, known) switch
    {
        (null, _) => IssuerKeyState.Static,
        (_, { TriedAt: null }) => IssuerKeyState.NeverFetched,
        (_, { FetchedAt: null }) => IssuerKeyState.Unreachable,
        _ when IssuerKeys.GoodUntil(issuer, known) <= now => IssuerKeyState.Unreachable,

        // The next fetch begins at the end of the lifetime, and takes its time.
        (var place, _) when known.AgeAt(now) < place.Lifetime + place.CoolDown && (known.Fault is null || known.AgeAt(now) < place.Lifetime) =>
            IssuerKeyState.Fresh,
        _ => IssuerKeyState.Stale,
    };

    /// <summary>Where the keys come from and how they are, in sentences for people.</summary>
    public static string Describe(TrustedIssuer issuer, KeySet known, DateTimeOffset now)
    {
        if (issuer.Place is not { } place)
        {
            var key = issuer.Source is IssuerKeySource.Secret ? "secret" : "public key";
            return issuer.IsGiven ? $"Its {key} was given." : $"Its {key} is in the settings.";
        }

        var host = new Uri(place.Address).Authority;
        return (StateOf(issuer, known, now), known) switch
        {
            (IssuerKeyState.NeverFetched, _) => $"Its keys at {host} have not been fetched yet.",
            (IssuerKeyState.Unreachable, { FetchedAt: null }) =>
                $"Its keys could never be fetched from {host}, which fails since {Iso(known.FailingSince)}: {known.Fault}",
            (IssuerKeyState.Unreachable, { Fault: { } fault }) =>
                $"Its keys were last fetched at {Iso(known.FetchedAt)} and are too old to be used; {host} fails since "
                + $"{Iso(known.FailingSince)}: {fault}",
            (_, { Fault: { } fault }) =>
                $"Its keys were last fetched at {Iso(known.FetchedAt)}; fetching them from {host} fails since "
                + $"{Iso(known.FailingSince)}: {fault}",
            _ => $"Its keys were last fetched from {host} at {Iso(known.FetchedAt)}.",
        };
    }

    private static IReadOnlyList<IssuerKey> KeysOf(TrustedIssuer issuer, KeySet known) => issuer.Source switch
    {
        IssuerKeySource.Secret => [],
        IssuerKeySource.PublicKey => [KeyOf(issuer, (PublicKey)issuer.StaticKey!)],
        _ => [.. known.Keys.Select(key => KeyOf(issuer, key))],
    };

    private static IssuerKey KeyOf(TrustedIssuer issuer, PublicKey key) =>
        new(key.KeyId, [.. issuer.Algorithms.Where(key.Fits)]);

    private static string Iso(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
