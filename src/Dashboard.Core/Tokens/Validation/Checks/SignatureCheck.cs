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

        if (token.Key is not { } key || key.Algorithm.ToString() != parsed.Algorithm)
        {
            return CheckOutcome.NotReached("There is no key of ours to verify it with.");
        }

        token.SignatureVerified = token.SeenBefore || key.Material.Verify(parsed.SigningInput, parsed.Signature);
        return token.SignatureVerified
            ? CheckOutcome.Passed(token.Explain ? $"The {key.Algorithm} signature fits key {key.KeyId}." : null)
            : CheckOutcome.Failed(
                TokenRefusal.InvalidSignature,
                "JWT token signature verification failed: the token was changed after it was signed, or signed by another key.");
    }
}
