using Dashboard.Core.Keys;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>4: the key is in our ring and still trusted. Looked up by <c>kid</c> in memory, never anywhere else.</summary>
internal sealed class KeyCheck(KeyRing ring) : TokenCheck("key", "Is the signing key known and trusted?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        token.Key = parsed.KeyId is { } keyId ? ring.Find(keyId) : null;
        return token.Key switch
        {
            null => CheckOutcome.Failed(
                TokenRefusal.UnknownKey,
                parsed.KeyId is null
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

    private static string Explain(SigningKey key) => key.State switch
    {
        KeyState.Current => $"{key.KeyId} is the current key, signing since {Times.Iso(key.CurrentSince)}.",
        KeyState.Previous => $"{key.KeyId} signed until {Times.Iso(key.PreviousSince)} and still verifies.",
        _ => $"{key.KeyId} is published as the next key.",
    };
}
