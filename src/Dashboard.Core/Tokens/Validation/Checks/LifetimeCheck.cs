using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// 8: now lies between the token's dates. The skew is applied to our clock, never to the token. A token is still good at
/// <c>exp + skew</c> less a moment, and no longer at <c>exp + skew</c>.
/// </summary>
internal sealed class LifetimeCheck(IOptions<TokenOptions> options) : TokenCheck("lifetime", "Is it valid at this time?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values is not { } claims)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        var (earliest, latest) = Widen(token.Now, options.Value.ClockSkew);
        if (claims.HasNotBefore && claims.NotBefore is null)
        {
            return CheckOutcome.Failed(TokenRefusal.NotYetValid, "The token's not-before time (nbf) is not a date.");
        }

        if (claims.NotBefore > latest)
        {
            return CheckOutcome.Failed(
                TokenRefusal.NotYetValid, $"JWT token is not valid before {Times.Iso(claims.NotBefore)}.");
        }

        if (claims.IssuedAt > latest)
        {
            return CheckOutcome.Failed(
                TokenRefusal.NotYetValid,
                $"JWT token was issued in the future, at {Times.Iso(claims.IssuedAt)}: the issuer's clock or ours is wrong.");
        }

        if (claims.ExpiresAt is not { } expiresAt)
        {
            return CheckOutcome.NotReached("The token has no expiry that could be read.");
        }

        return expiresAt <= earliest
            ? CheckOutcome.Failed(
                TokenRefusal.Expired,
                $"JWT token has expired at {Times.Iso(expiresAt)}.",
                new RefusalFacts { IssuedAt = claims.IssuedAt, ExpiredAt = expiresAt })
            : CheckOutcome.Passed(token.Explain ? $"Valid until {Times.Iso(expiresAt)}." : null);
    }

    // The inspector may ask about any moment, the first and the last included, beyond which there is no skew to apply.
    private static (DateTimeOffset Earliest, DateTimeOffset Latest) Widen(DateTimeOffset now, TimeSpan skew) => (
        now - DateTimeOffset.MinValue < skew ? DateTimeOffset.MinValue : now - skew,
        DateTimeOffset.MaxValue - now < skew ? DateTimeOffset.MaxValue : now + skew);
}
