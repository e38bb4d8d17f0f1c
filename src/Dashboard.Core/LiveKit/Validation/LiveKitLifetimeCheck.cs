using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>
/// Now lies between the token's dates, by the leeway of LiveKit's server and in its order. A token is still good at
/// <c>exp + leeway</c>, and no longer a moment after.
/// </summary>
internal sealed class LiveKitLifetimeCheck() : TokenCheck("lifetime", "Is it valid at this time?")
{
    /// <summary>How much the server lets the clocks of whoever makes a token and its own differ.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values is not { } claims)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (claims.HasNotBefore && claims.NotBefore is null)
        {
            return CheckOutcome.Failed(TokenRefusal.NotYetValid, "The token's not-before time (nbf) is not a date.");
        }

        if (IsAhead(claims.NotBefore, token.Now, Leeway))
        {
            return CheckOutcome.Failed(TokenRefusal.NotYetValid, $"JWT token is not valid before {Times.Iso(claims.NotBefore)}.");
        }

        if (IsOver(claims.ExpiresAt, token.Now, Leeway))
        {
            return CheckOutcome.Failed(
                TokenRefusal.Expired,
                $"JWT token has expired at {Times.Iso(claims.ExpiresAt)}.",
                new RefusalFacts { IssuedAt = claims.IssuedAt ?? claims.NotBefore, ExpiredAt = claims.ExpiresAt });
        }

        if (IsAhead(claims.IssuedAt, token.Now, Leeway))
        {
            return CheckOutcome.Failed(
                TokenRefusal.NotYetValid,
                $"JWT token was issued in the future, at {Times.Iso(claims.IssuedAt)}: the clock of whoever made it or ours is wrong.");
        }

        return claims.ExpiresAt is { } expiresAt
            ? CheckOutcome.Passed(token.Explain ? $"Valid until {Times.Iso(expiresAt)}, and up to a minute longer." : null)
            : CheckOutcome.NotReached("The token has no expiry that could be read.");
    }

    /// <summary>True where a time is still to come, leeway included. By differences: a chosen clock may be the first or last moment.</summary>
    public static bool IsAhead(DateTimeOffset? time, DateTimeOffset now, TimeSpan leeway) => time - now > leeway;

    /// <summary>True where a time has passed, leeway included.</summary>
    public static bool IsOver(DateTimeOffset? time, DateTimeOffset now, TimeSpan leeway) => now - time > leeway;
}
