using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>13: a bound token comes with what it is bound to. What is missing is a refusal, never "unbound".</summary>
internal sealed class BindingCheck(FingerprintHasher hasher, HolderBinding holder)
    : TokenCheck("binding", "Does it come from the client it is bound to?")
{
    private const string Confirmation = "cnf";

    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values is not { } claims)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (token.Issuer is { } issuer)
        {
            return RunForeign(token, issuer);
        }

        if (claims is { Fingerprint: null, Address: null, UserAgent: null })
        {
            return CheckOutcome.Passed(token.Explain ? "It is bound to no client." : null);
        }

        var context = token.Context;
        if (context.IsShownByOthers)
        {
            return CheckOutcome.Passed(token.Explain ? "Whoever asks does not hold it; its holder has to be compared elsewhere." : null);
        }

        return FaultOf(claims, context) ?? CheckOutcome.Passed(token.Explain ? Explain(claims, context) : null);
    }

    // Our own claims mean nothing in it. One that is bound to a key needs a proof that nobody here can check: whoever only holds
    // a copy must not pass (RFC 7800, RFC 9449 section 7.2).
    private static CheckOutcome RunForeign(TokenUnderCheck token, TrustedIssuer issuer)
    {
        if (!token.Parsed!.Claims.TryGetProperty(Confirmation, out _))
        {
            return CheckOutcome.Passed(token.Explain ? "It is bound to no client." : null);
        }

        return token.Context is { IsHandedOn: true } or { IsShownByOthers: true }
            ? CheckOutcome.Passed(token.Explain ? "It is bound to a key (cnf); the proof of its holder has to be checked elsewhere." : null)
            : CheckOutcome.Failed(
                TokenRefusal.BindingMismatch, $"{issuer.Name} bound the token to a key (cnf), whose proof cannot be checked here.");
    }

    private CheckOutcome? FaultOf(TokenClaims claims, ValidationContext context) => claims switch
    {
        { Fingerprint: not null } when context.Fingerprint is null => CheckOutcome.Failed(
            TokenRefusal.FingerprintMismatch, "The token is bound to a client, but no X-Client-Fingerprint came with it."),
        { Fingerprint: { } hash } when !hasher.Matches(context.Fingerprint!, hash) => CheckOutcome.Failed(
            TokenRefusal.FingerprintMismatch, "The X-Client-Fingerprint is not the one that the token is bound to."),
        _ when context.IsHandedOn => null,
        { Address: { } hash } when !holder.IsAddress(hash, context.Origin) => CheckOutcome.Failed(
            TokenRefusal.BindingMismatch, "The token is bound to the address that it was given to, and came from another one."),
        { UserAgent: { } hash } when !holder.IsUserAgent(hash, context.Origin) => CheckOutcome.Failed(
            TokenRefusal.BindingMismatch, "The token is bound to the User-Agent that it was given to, and came with another one."),
        _ => null,
    };

    private static string Explain(TokenClaims claims, ValidationContext context)
    {
        string?[] sentences =
        [
            claims.Fingerprint is null ? null : "The fingerprint is the one it is bound to.",
            claims is { Address: null, UserAgent: null } ? null
                : context.IsHandedOn ? "It is bound to where it was given to; its holder has to be compared elsewhere."
                : "It came from where it was given to, as it is bound to.",
        ];
        return string.Join(' ', sentences.OfType<string>());
    }
}
