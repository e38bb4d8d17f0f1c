using Dashboard.Core.Keys;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>5: the signature is this key's, over exactly these bytes.</summary>
internal sealed class SignatureCheck() : TokenCheck("signature", "Is the signature genuine?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (token.Key is not { } key || !key.Fits(parsed.Algorithm))
        {
            return CheckOutcome.NotReached("There is no key to verify it with.");
        }

        token.SignatureVerified = WasVerified(token, key) || key.Verifies(parsed.Algorithm, parsed.SigningInput, parsed.Signature);
        return token.SignatureVerified
            ? CheckOutcome.Passed(token.Explain ? $"The {parsed.Algorithm} signature fits {(key.KeyId is { } id ? $"key {id}" : "the key")}." : null)
            : CheckOutcome.Failed(
                TokenRefusal.InvalidSignature,
                "JWT token signature verification failed: the token was changed after it was signed, or signed by another key.");
    }

    // A trusted issuer may take a key back, or put another in its place: only the very key that verified it before counts. What
    // was verified for an API says nothing of the secret of LiveKit.
    private static bool WasVerified(TokenUnderCheck token, IVerifyingKey key) => token is { SeenBefore: true, IsForLiveKit: false }
        && (token.Issuer is null ? token.VerifiedBefore is null : ReferenceEquals(token.VerifiedBefore, key));
}
