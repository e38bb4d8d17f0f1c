using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>13: a bound token comes with what it is bound to. A missing fingerprint is a refusal, never "unbound".</summary>
internal sealed class BindingCheck(FingerprintHasher hasher) : TokenCheck("binding", "Does it come from the client it is bound to?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values is not { } claims)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (claims.Fingerprint is not { } hash)
        {
            return CheckOutcome.Passed(token.Explain ? "It is bound to no client." : null);
        }

        if (token.Context.IsShownByOthers)
        {
            return CheckOutcome.Passed(token.Explain ? "Whoever asks does not hold it; its holder has to be compared elsewhere." : null);
        }

        return token.Context.Fingerprint switch
        {
            null => CheckOutcome.Failed(
                TokenRefusal.FingerprintMismatch, "The token is bound to a client, but no X-Client-Fingerprint came with it."),
            var fingerprint when hasher.Matches(fingerprint, hash) => CheckOutcome.Passed(
                token.Explain ? "The fingerprint is the one it is bound to." : null),
            _ => CheckOutcome.Failed(
                TokenRefusal.FingerprintMismatch, "The X-Client-Fingerprint is not the one that the token is bound to."),
        };
    }
}
