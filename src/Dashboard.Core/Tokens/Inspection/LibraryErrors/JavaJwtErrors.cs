using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>java-jwt of Auth0, versions 3 and 4.</summary>
internal static class JavaJwtErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "The Token has expired on …",
                "The token's exp has passed by the clock of the API.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = ["TokenExpiredException: The Token has expired on "],
            },
            new KnownText("not-yet-valid", "The Token can't be used before …",
                "The token's nbf or iat is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also =
                [
                    "IncorrectClaimException: The Token can't be used before ", "InvalidClaimException: The Token can't be used before ",
                ],
            },
            new KnownText("signature", "The Token's Signature resulted invalid when verified using the Algorithm: …",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                Also = ["SignatureVerificationException: The Token's Signature resulted invalid when verified using the Algorithm: "],
            },
            new KnownText("algorithm", "The provided Algorithm doesn't match the one defined in the JWT's Header.",
                "The token's alg is not the one that the API verifies with.", Cures.Algorithm, TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["AlgorithmMismatchException"],
            },
            new KnownText("audience", "The Claim 'aud' value doesn't contain the required audience.",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience),
            new KnownText("issuer", "The Claim 'iss' value doesn't match the required issuer.",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = ["The Claim 'iss' value doesn't match the required one."],
            },
            new KnownText("claim", "The Claim '…' value doesn't match the required one.",
                "A claim of the token is not what the API expects.", Cures.WrongClaim),
            new KnownText("missing-claim", "The Claim '…' is not present in the JWT.",
                "The API asks for a claim that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims)
            {
                Also = ["MissingClaimException: The Claim '…' is not present in the JWT."],
            },
            new KnownText("parts", "The token was expected to have 3 parts, but got …",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                Also = ["The token was expected to have 3 parts, but got > 3."],
            },
            new KnownText("missing", "The token is null.",
                "There was no token in the request, or the API looked for it in another place.", Cures.SendToken)
            {
                IsCommon = true,
                Also = ["JWTDecodeException: The token is null."],
            },
            new KnownText("json", "The string '…' doesn't have a valid JSON format.",
                "A part of the token is no JSON: the token was changed, quoted, or “Bearer” is still before it.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["JWTDecodeException: The string '…' doesn't have a valid JSON format."],
            },
            new KnownText("base64", "The input is not a valid base 64 encoded string.",
                "A part of the token is not base64url: the token was changed, cut off or quoted.", Cures.WholeToken,
                TokenRefusal.Malformed),
        }.Select(text => text.Of(ErrorLibrary.JavaJwt, "java-jwt")),
    ];
}
