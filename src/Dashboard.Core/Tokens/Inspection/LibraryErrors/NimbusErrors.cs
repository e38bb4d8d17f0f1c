using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>Nimbus JOSE + JWT, which Spring Security and many servers use.</summary>
internal static class NimbusErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "Expired JWT",
                "The token's exp has passed by the clock of the API.", Cures.NewToken, TokenRefusal.Expired)
            {
                IsCommon = true,
                Also = ["BadJWTException: Expired JWT", "ExpiredJWTException: Expired JWT", "decode the Jwt: Expired JWT"],
            },
            new KnownText("not-yet-valid", "JWT before use time",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["BadJWTException: JWT before use time"],
            },
            new KnownText("unknown-key", "Signed JWT rejected: Another algorithm expected, or no matching key(s) found",
                "None of the keys that the API fetched has the token's kid, or the API expects another alg than the token's.", Cures.Key,
                TokenRefusal.UnknownKey),
            new KnownText("signature", "Signed JWT rejected: Invalid signature",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature),
            new KnownText("type-missing", "Required JOSE header typ (type) parameter is missing",
                "The API asks for a typ, and the token's header names none.", Cures.TokenType, TokenRefusal.WrongType),
            new KnownText("type", "JOSE header typ (type) … not allowed",
                "The token's typ is not among those that the API accepts, often because it expects JWT and the token says at+jwt.",
                Cures.TokenType, TokenRefusal.WrongType)
            {
                Also = ["JOSE header \"typ\" (type) \"…\" not allowed"],
            },
            new KnownText("audience", "JWT aud claim has value …, must be …",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience)
            {
                Also = ["JWT audience rejected: ", "JWT missing required audience"],
            },
            new KnownText("issuer", "JWT iss claim has value …, must be …",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = ["JWT iss claim value rejected", "JWT \"iss\" claim doesn't match expected value: "],
            },
            new KnownText("missing-claims", "JWT missing required claims: […]",
                "The API asks for claims that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims),
            new KnownText("prohibited-claims", "JWT has prohibited claims: […]",
                "The API refuses tokens that hold a certain claim.", Cures.WrongClaim),
            new KnownText("unsecured", "Unsecured (plain) JWTs are rejected, extend class to handle",
                "The token is not signed (alg is none), and the API rightly does not accept that.", Cures.Unsigned,
                TokenRefusal.AlgorithmNotAllowed),
            new KnownText("parts", "Invalid JWT serialization: Missing dot delimiter(s)",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                Also =
                [
                    "Invalid serialized unsecured/JWS/JWE object: Missing part delimiters",
                    "Invalid serialized unsecured/JWS/JWE object: Missing second delimiter",
                    "Invalid serialized unsecured/JWS/JWE object: Too many part delimiters",
                ],
            },
            new KnownText("header", "Invalid unsecured/JWS/JWE header: …",
                "The token's first part cannot be read: the token was cut off, quoted, or “Bearer” is still before it.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["Invalid JWS header: "],
            },
            new KnownText("keys-unreachable", "Couldn't retrieve remote JWK set: …",
                "The API could not fetch the keys to verify with.", Cures.Reachable)
            {
                Also = ["Couldn't retrieve JWK set from URL: ", "Couldn't parse remote JWK set: "],
            },
        }.Select(text => text.Of(ErrorLibrary.Nimbus, "nimbus")),
    ];
}
