using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// 4: the key is in our ring and still trusted, or it is one of the trusted issuer's. Looked up in memory; only a trusted issuer's
/// key that is not there is looked for at the issuer, no more than once a cool-down.
/// </summary>
internal sealed class KeyCheck(KeyRing ring, IssuerKeys issuers, TimeProvider clock) : ITokenCheck
{
    public string Name => "key";

    public string Title => "Is the signing key known and trusted?";

    public ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken) =>
        token.Parsed is not { } parsed ? new(CheckOutcome.NotReached(FormatCheck.Unreadable))
        : token.Issuer is { } issuer ? RunForeignAsync(token, parsed, issuer, cancellationToken)
        : new(RunOwn(token, parsed));

    private CheckOutcome RunOwn(TokenUnderCheck token, ParsedToken parsed)
    {
        var own = token.IsAdopted ? AdoptedKeys.Find(ring, parsed)
            : parsed.KeyId is { } keyId ? ring.Find(keyId)
            : null;
        token.Key = own;
        return own switch
        {
            null => CheckOutcome.Failed(
                TokenRefusal.UnknownKey,
                token.IsAdopted
                    ? $"No key of {parsed.Values.Issuer} was taken over that signs {parsed.Algorithm}."
                    : parsed.KeyId is null
                    ? "The header names no key (kid), so nobody can say which key signed it."
                    : "The key that the header names (kid) was never one of ours."),
            { State: KeyState.Retired } key => CheckOutcome.Failed(
                TokenRefusal.KeyRetired, $"The signing key was retired at {Times.Iso(key.RetiredAt)}."),
            { State: KeyState.Revoked } key => CheckOutcome.Failed(
                TokenRefusal.KeyRevoked,
                $"The signing key was revoked at {Times.Iso(key.RevokedAt)}; every token it signed is refused."),
            { IsTrusted: true } key => CheckOutcome.Passed(token.Explain ? Explain(key) : null),
            _ => CheckOutcome.Failed(TokenRefusal.UnknownKey, "The key is in no state that allows its use."),
        };
    }

    private async ValueTask<CheckOutcome> RunForeignAsync(
        TokenUnderCheck token, ParsedToken parsed, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        token.Key = await issuers.FindAsync(issuer, parsed.KeyId, parsed.Algorithm, cancellationToken);
        if (token.Key is not { } key)
        {
            return CheckOutcome.Failed(TokenRefusal.UnknownKey, FaultOf(token, parsed, issuer));
        }

        return CheckOutcome.Passed(token.Explain
            ? $"{(key.KeyId is { } id ? $"{id} is a key of {issuer.Name}" : $"{issuer.Name} has one key that can have signed it")}. "
            + HealthOf(issuer)
            : null);
    }

    // How the keys of an issuer are is for the report alone; a caller learns that its key is not among them.
    private string FaultOf(TokenUnderCheck token, ParsedToken parsed, TrustedIssuer issuer)
    {
        var fault = (parsed.KeyId, IssuerHealth.StateOf(issuer, issuers.Peek(issuer), clock.GetUtcNow())) switch
        {
            (_, IssuerKeyState.Unreachable or IssuerKeyState.NeverFetched) =>
                $"No key of {issuer.Name} is known at this time that could verify it.",
            (null, _) => $"The header names no key (kid), and {issuer.Name} has none or several that can have signed it.",
            _ => $"The key that the header names (kid) is not among those of {issuer.Name}.",
        };
        return token.Explain ? $"{fault} {HealthOf(issuer)}" : fault;
    }

    private string HealthOf(TrustedIssuer issuer) => IssuerHealth.Describe(issuer, issuers.Peek(issuer), clock.GetUtcNow());

    private static string Explain(SigningKey key) => key.State switch
    {
        KeyState.Current => $"{key.KeyId} is the current key, signing since {Times.Iso(key.CurrentSince)}.",
        KeyState.Previous => $"{key.KeyId} signed until {Times.Iso(key.PreviousSince)} and still verifies.",
        _ => $"{key.KeyId} is published as the next key.",
    };
}
