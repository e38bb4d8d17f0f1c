using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>The resource server of Spring Security: what it says itself, around and after what Nimbus says.</summary>
internal static class SpringSecurityErrors
{
    private const string Decoding = "An error occurred while attempting to decode the Jwt: ";

    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "Jwt expired at …",
                "The token's exp has passed by the clock of the API, allowed difference included.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = [Decoding + "Jwt expired at "],
            },
            new KnownText("not-yet-valid", "Jwt used before …",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = [Decoding + "Jwt used before "],
            },
            new KnownText("issuer", "The iss claim is not valid",
                "The token's iss is not the issuer-uri that the API is configured with.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = [Decoding + "The iss claim is not valid"],
            },
            new KnownText("audience", "The aud claim is not valid",
                "The token's aud does not hold one of the audiences that the API is configured with.", Cures.Audience,
                TokenRefusal.WrongAudience)
            {
                Also = [Decoding + "The aud claim is not valid"],
            },
            new KnownText("malformed", "Malformed token",
                "What arrived cannot be read as a token.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                IsCommon = true,
                Also = [Decoding + "Malformed token", Decoding + "Malformed payload"],
            },
            new KnownText("bearer", "Bearer token is malformed",
                "The value of the Authorization header holds characters that no token has.", Cures.WholeToken, TokenRefusal.Malformed),
            new KnownText("two-tokens", "Found multiple bearer tokens in the request",
                "The request carries more than one token, for instance in the header and in the body.",
                "The caller's developer should send the token once, in the Authorization header."),
        }.Select(text => text.Of(ErrorLibrary.SpringSecurity, "spring")),
    ];
}
