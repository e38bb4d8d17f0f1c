using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>What to do about a refusal, and who can do it. Read out over the phone, so: short and concrete.</summary>
public static class NextSteps
{
    /// <summary>The same for a token of a trusted issuer, where somebody else can act; null for one that is or should be ours.</summary>
    internal static string For(TokenRefusal? refusal, ReportIssuer? issuer) =>
        issuer is null ? For(refusal) : ForForeign(refusal, issuer) ?? For(refusal);

    /// <summary>The next step for a refusal; null asks for an accepted token's.</summary>
    public static string For(TokenRefusal? refusal) => refusal switch
    {
        null => "Nothing to do. If an API still refuses it, compare the audience, scopes and clock it uses with those above.",
        TokenRefusal.Malformed =>
            "The caller should copy the whole token again: three parts joined by dots, without quotes, spaces or line breaks.",
        TokenRefusal.AlgorithmNotAllowed =>
            "The client's developer must use the token exactly as Signet issued it. If it was not made here, treat it as forged.",
        TokenRefusal.WrongIssuer =>
            "The caller should get a token from this Signet, or ask the system named as issuer why its token ends up here.",
        TokenRefusal.UnknownKey =>
            "The caller should get a new token. If the issuer is this Signet, an administrator should check which deployment made it.",
        TokenRefusal.KeyRetired => "The caller should get a new token; this one outlived its signing key.",
        TokenRefusal.KeyRevoked =>
            "The caller should get a new token. An administrator revoked this key, and nothing it signed is accepted any more.",
        TokenRefusal.InvalidSignature =>
            "The caller should get a new token. If the text was not damaged in copying, a security reviewer should look at who sent it.",
        TokenRefusal.WrongType =>
            "The caller should send the access token: this one was made for another use.",
        TokenRefusal.MissingClaims =>
            "Whoever issues the token must add the missing claims; tokens issued by Signet always have them.",
        TokenRefusal.NotYetValid =>
            "The caller should wait until the token is valid, or an administrator should correct the clock that is wrong.",
        TokenRefusal.Expired => "The caller should get a new token, or refresh it before it expires.",
        TokenRefusal.WrongAudience =>
            "The caller should ask for a token for this API, or send this one to the API it was made for.",
        TokenRefusal.Unknown =>
            "A security reviewer must look at this now: rotate and revoke the signing key unless the ledger was purged or restored.",
        TokenRefusal.SessionExpired => "The caller should log in again: the session had reached its limit.",
        TokenRefusal.Revoked =>
            "The caller should log in again or get a new token. A revocation cannot be undone.",
        TokenRefusal.ClientDisabled =>
            "An administrator can enable the client again, unless it was deleted; until then all its tokens are refused.",
        TokenRefusal.ClientExpired =>
            "An administrator can renew the client's registration; one that ended has to be made again.",
        TokenRefusal.SubjectDisabled =>
            "An administrator can enable the operator again; until then their tokens are refused.",
        TokenRefusal.FingerprintMismatch =>
            "The caller must send the same X-Client-Fingerprint header as at login, or log in again from this client.",
        TokenRefusal.BindingMismatch =>
            "The caller must use the token from where it got it, with the same program, or get a new one. Where every caller is "
            + "refused, an administrator should check that Hosting:KnownProxies names the reverse proxy.",
        TokenRefusal.InsufficientScope =>
            "An administrator can grant the missing scope; the caller then needs a new token.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "No next step for this refusal."),
    };

    // Null where it makes no difference who issued it.
    private static string? ForForeign(TokenRefusal? refusal, ReportIssuer issuer) => refusal switch
    {
        TokenRefusal.AlgorithmNotAllowed =>
            $"If {issuer.Name} really signs like this, an administrator can add it to the Algorithms of this issuer. If not, treat the "
            + "token as forged.",
        TokenRefusal.UnknownKey => ForUnknownKey(issuer),
        TokenRefusal.InvalidSignature =>
            $"The caller should get a new token from {issuer.Name}. If the text was not damaged in copying, a security reviewer should "
            + "look at who sent it.",
        TokenRefusal.WrongType =>
            $"The caller should send the access token that {issuer.Name} gave it, not an ID or refresh token. If that has another type, "
            + "an administrator can add it to the Types of this issuer.",
        TokenRefusal.MissingClaims => $"Whoever runs {issuer.Name} must add the missing claims to its access tokens.",
        TokenRefusal.NotYetValid =>
            $"The caller should wait until the token is valid; if it should be already, the clock of {issuer.Name} or ours is wrong.",
        TokenRefusal.Expired => $"The caller should get a new token from {issuer.Name}.",
        TokenRefusal.WrongAudience =>
            $"The caller should ask {issuer.Name} for a token for this API. If this one is, whoever runs {issuer.Name} must add the "
            + "audience, or an administrator here can add it to the Audiences of this issuer.",
        TokenRefusal.BindingMismatch =>
            $"The caller should get a bearer token from {issuer.Name}, or use this one only where its proof can be checked.",
        TokenRefusal.InsufficientScope => $"Whoever runs {issuer.Name} can grant the missing scope; the caller then needs a new token.",
        _ => null,
    };

    private static string ForUnknownKey(ReportIssuer issuer) => issuer.Keys switch
    {
        IssuerKeyState.Stale or IssuerKeyState.Unreachable or IssuerKeyState.NeverFetched =>
            $"The keys of {issuer.Name} cannot be fetched, which is the likely cause: it may sign with a newer key. An administrator "
            + "should see why under Keys and secrets and fetch them again there; whoever runs that issuer must make them reachable.",
        IssuerKeyState.Static =>
            $"An administrator should replace the key of {issuer.Name} in the settings, if it signs with another one by now.",
        _ when issuer.Failure is not null =>
            $"The last fetch of the keys of {issuer.Name} failed, so it may sign with a newer key. An administrator should fetch them "
            + "again under Keys and secrets; whoever runs that issuer must make them reachable.",
        _ =>
            $"The caller should get a new token from {issuer.Name}. If it is new, whoever runs {issuer.Name} must publish the key "
            + "before signing with it; an administrator can fetch its keys at once under Keys and secrets.",
    };
}
