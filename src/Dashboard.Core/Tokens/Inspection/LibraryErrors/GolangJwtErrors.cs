using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>golang-jwt, versions 3 to 5, and dgrijalva/jwt-go before it.</summary>
internal static class GolangJwtErrors
{
    private const string InvalidClaims = "token has invalid claims: ";
    private const string Malformed = "token is malformed: ";
    private const string BadSignature = "token signature is invalid: ";
    private const string Unverifiable = "token is unverifiable: ";

    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", InvalidClaims + "token is expired",
                "The token's exp has passed by the clock of the API.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = ["token is expired by ", "Token is expired"],
            },
            new KnownText("not-yet-valid", InvalidClaims + "token is not valid yet",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["token is not valid yet", "Token is not valid yet"],
            },
            new KnownText("used-before-issued", InvalidClaims + "token used before issued",
                "The token's iat is still to come by the clock of the API: one of the clocks is wrong.", Cures.Wait,
                TokenRefusal.NotYetValid)
            {
                Also = ["token used before issued", "Token used before issued"],
            },
            new KnownText("audience", InvalidClaims + "token has invalid audience",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience)
            {
                Also = ["token has invalid audience"],
            },
            new KnownText("issuer", InvalidClaims + "token has invalid issuer",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = ["token has invalid issuer"],
            },
            new KnownText("subject", InvalidClaims + "token has invalid subject",
                "The token's sub is not the subject that the API expects.", Cures.WrongClaim)
            {
                Also = ["token has invalid subject"],
            },
            new KnownText("missing-claim", InvalidClaims + "token is missing required claim: … claim is required",
                "The API asks for a claim that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims)
            {
                Also = ["token is missing required claim"],
            },
            new KnownText("segments", Malformed + "token contains an invalid number of segments",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                Also = ["token contains an invalid number of segments"],
            },
            new KnownText("bearer", Malformed + "tokenstring should not contain 'bearer '",
                "The API hands over the whole header value: the word “Bearer” is still before the token.",
                "The API's developer should cut off “Bearer ” before the token is parsed.", TokenRefusal.Malformed)
            {
                Also = ["tokenstring should not contain 'bearer '"],
            },
            new KnownText("header", Malformed + "could not base64 decode header",
                "The token's first part is not base64url: the token was cut off, quoted or changed.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["could not base64 decode header", "could not JSON decode header"],
            },
            new KnownText("signature", BadSignature + "signature is invalid",
                "The signature does not fit the secret that the API verifies with.", Cures.Signature, TokenRefusal.InvalidSignature)
            {
                Also = ["token signature is invalid", "signature is invalid"],
            },
            new KnownText("rsa", BadSignature + "crypto/rsa: verification error",
                "The signature does not fit the RSA key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                Also = ["crypto/rsa: verification error"],
            },
            new KnownText("ecdsa", BadSignature + "crypto/ecdsa: verification error",
                "The signature does not fit the elliptic-curve key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                Also = ["crypto/ecdsa: verification error"],
            },
            new KnownText("method", BadSignature + "signing method … is invalid",
                "The token's alg is not among the methods that the API allows.", Cures.Algorithm, TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["signing method … is invalid"],
            },
            new KnownText("key-type", BadSignature + "key is of invalid type",
                "The key function returned a key that does not go with the token's alg.", Cures.KeyType)
            {
                Also = ["key is of invalid type"],
            },
            new KnownText("unavailable-method", Unverifiable + "signing method (alg) is unavailable",
                "The token's alg is one that golang-jwt does not know.", Cures.Algorithm, TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["signing method (alg) is unavailable", "signing method (alg) is unspecified"],
            },
            new KnownText("keyfunc", Unverifiable + "error while executing keyfunc",
                "The API's own key function failed: most often it found no key for the token's kid, or refused its alg.", Cures.Key,
                TokenRefusal.UnknownKey)
            {
                Also = ["error while executing keyfunc"],
            },
            new KnownText("none", "'none' signature type is not allowed",
                "The token is not signed (alg is none), and the API rightly does not accept that.", Cures.Unsigned,
                TokenRefusal.AlgorithmNotAllowed)
            {
                Also =
                [
                    BadSignature + "'none' signature type is not allowed", BadSignature + Unverifiable + "'none' signature type is not allowed",
                ],
            },
        }.Select(text => text.Of(ErrorLibrary.GolangJwt, "golang-jwt")),
    ];
}
