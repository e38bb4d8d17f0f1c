using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>jose (panva), for Node.js, Deno, workers and browsers, versions 2 to 6.</summary>
internal static class JoseErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "\"exp\" claim timestamp check failed",
                "The token's exp has passed by the clock of the API.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = ["JWTExpired: \"exp\" claim timestamp check failed", "ERR_JWT_EXPIRED"],
            },
            new KnownText("not-yet-valid", "\"nbf\" claim timestamp check failed",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["JWTClaimValidationFailed: \"nbf\" claim timestamp check failed"],
            },
            new KnownText("too-old", "\"iat\" claim timestamp check failed (too far in the past)",
                "The token is older than the API's own limit (maxTokenAge), though it has not expired.",
                "The caller should get a new token. If tokens live longer than the API accepts, its developer should raise maxTokenAge.",
                TokenRefusal.Expired)
            {
                Also = ["JWTExpired: \"iat\" claim timestamp check failed (too far in the past)"],
            },
            new KnownText("issued-in-future", "\"iat\" claim timestamp check failed (it should be in the past)",
                "The token's iat is still to come by the clock of the API: one of the clocks is wrong.", Cures.Wait,
                TokenRefusal.NotYetValid)
            {
                Also = ["JWTClaimValidationFailed: \"iat\" claim timestamp check failed (it should be in the past)"],
            },
            new KnownText("issuer", "unexpected \"iss\" claim value",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = ["JWTClaimValidationFailed: unexpected \"iss\" claim value"],
            },
            new KnownText("audience", "unexpected \"aud\" claim value",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience)
            {
                Also = ["JWTClaimValidationFailed: unexpected \"aud\" claim value"],
            },
            new KnownText("subject", "unexpected \"sub\" claim value",
                "The token's sub is not the subject that the API expects.", Cures.WrongClaim)
            {
                Also = ["JWTClaimValidationFailed: unexpected \"sub\" claim value"],
            },
            new KnownText("type", "unexpected \"typ\" JWT header value",
                "The token's typ is not the one that the API expects: it is a token for another use.", Cures.TokenType,
                TokenRefusal.WrongType)
            {
                Also = ["JWTClaimValidationFailed: unexpected \"typ\" JWT header value"],
            },
            new KnownText("missing-claim", "missing required \"…\" claim",
                "The API asks for a claim that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims)
            {
                Also = ["JWTClaimValidationFailed: missing required \"…\" claim"],
            },
            new KnownText("times", "\"exp\" claim must be a number",
                "A time in the token is written as text and not as a number of seconds.",
                "Whoever issues the token must write its times as numbers; tokens issued by Signet always have them so.",
                TokenRefusal.Malformed)
            {
                Also = ["\"nbf\" claim must be a number", "\"iat\" claim must be a number"],
            },
            new KnownText("claims-set", "JWT Claims Set must be a top-level JSON object",
                "The token's second part is no JSON object: what arrived is signed, but it is no token with claims.", Cures.WholeToken,
                TokenRefusal.Malformed),
            new KnownText("signature", "signature verification failed",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                IsCommon = true,
                Also =
                [
                    "JWSSignatureVerificationFailed: signature verification failed", "JWSSignatureVerificationFailed",
                    "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
                ],
            },
            new KnownText("compact", "Invalid Compact JWS",
                "What arrived does not have the three parts of a token: often an opaque token, or an API key in its place.",
                Cures.WholeToken, TokenRefusal.Malformed)
            {
                Also = ["JWSInvalid: Invalid Compact JWS", "Compact JWS must be a string or Uint8Array"],
            },
            new KnownText("protected-header", "JWS Protected Header is invalid",
                "The token's first part cannot be read: the token was cut off, quoted, or “Bearer” is still before it.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["JWSInvalid: JWS Protected Header is invalid"],
            },
            new KnownText("no-algorithm", "JWS \"alg\" (Algorithm) Header Parameter missing or invalid",
                "The token's header does not say how it was signed.", Cures.Unsigned, TokenRefusal.AlgorithmNotAllowed),
            new KnownText("algorithm", "\"alg\" (Algorithm) Header Parameter value not allowed",
                "The token's alg is not among the algorithms that the API allows.", Cures.Algorithm, TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["\"alg\" (Algorithm) Header Parameter not allowed", "ERR_JOSE_ALG_NOT_ALLOWED"],
            },
            new KnownText("unknown-key", "no applicable key found in the JSON Web Key Set",
                "None of the keys that the API fetched has the token's kid and alg.", Cures.Key, TokenRefusal.UnknownKey)
            {
                Also = ["JWKSNoMatchingKey", "ERR_JWKS_NO_MATCHING_KEY"],
            },
            new KnownText("many-keys", "multiple matching keys found in the JSON Web Key Set",
                "The token names no kid, and several of the keys that the API fetched could have signed it.",
                "Whoever issues the token must name the key in its kid; tokens issued by Signet always do.", TokenRefusal.UnknownKey)
            {
                Also = ["JWKSMultipleMatchingKeys", "ERR_JWKS_MULTIPLE_MATCHING_KEYS"],
            },
            new KnownText("keys-timeout", "request timed out",
                "The API waited in vain for the keys to verify with.", Cures.Reachable)
            {
                IsCommon = true,
                Also = ["JWKSTimeout: request timed out", "JWKSTimeout", "ERR_JWKS_TIMEOUT"],
            },
            new KnownText("keys-answer", "Expected 200 OK from the JSON Web Key Set HTTP response",
                "The address where the API looks for keys did not give any: most often it is the wrong one.", Cures.Reachable)
            {
                Also = ["Failed to parse the JSON Web Key Set HTTP response as JSON", "JSON Web Key Set malformed"],
            },
            new KnownText("key-type", "Key for the … algorithm must be ",
                "The key that the API verifies with is not of a kind that the token's alg can use.", Cures.KeyType),
        }.Select(text => text.Of(ErrorLibrary.Jose, "jose")),
    ];
}
