using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>go-jose, versions 2 to 4: the older ones put "square" where the newer ones put "go-jose".</summary>
internal static class GoJoseErrors
{
    private const string Claims = "go-jose/go-jose/jwt: ";
    private const string OldClaims = "square/go-jose/jwt: ";
    private const string Core = "go-jose/go-jose: ";
    private const string OldCore = "square/go-jose: ";

    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            Claim("expired", "validation failed, token is expired (exp)",
                "The token's exp has passed by the clock of the API, leeway included.", Cures.NewToken, TokenRefusal.Expired),
            Claim("not-yet-valid", "validation failed, token not valid yet (nbf)",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid),
            Claim("issued-in-future", "validation field, token issued in the future (iat)",
                "The token's iat is still to come by the clock of the API: one of the clocks is wrong.", Cures.Wait,
                TokenRefusal.NotYetValid),
            Claim("issuer", "validation failed, invalid issuer claim (iss)",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer),
            Claim("audience", "validation failed, invalid audience claim (aud)",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience),
            Claim("subject", "validation failed, invalid subject claim (sub)",
                "The token's sub is not the subject that the API expects.", Cures.WrongClaim),
            Claim("id", "validation failed, invalid ID claim (jti)",
                "The token's jti is not the one that the API expects.", Cures.WrongClaim),
            Claim("numeric-date", "expected number value to unmarshal NumericDate",
                "A time in the token, such as exp, is written as text and not as a number of seconds.",
                "Whoever issues the token must write its times as numbers; tokens issued by Signet always have them.",
                TokenRefusal.MissingClaims),
            Claim("audience-format", "expected string or array value to unmarshal to Audience",
                "The token's aud is neither a text nor a list of texts.",
                "Whoever issues the token must name its audience as text or as a list of texts.", TokenRefusal.Malformed),
            Claim("content-type", "expected content type to be JWT (cty header)",
                "The API expects a token inside of an encrypted one, and this one holds something else.", Cures.Encrypted,
                TokenRefusal.WrongType),
            Primitive("crypto", "error in cryptographic primitive",
                "The signature does not fit the key: the token was changed, cut off, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature),
            Primitive("parts", "compact JWS format must have three parts",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed),
            Primitive("encrypted-parts", "compact JWE format must have five parts",
                "The API expects an encrypted token, and this one is not.", Cures.Encrypted, TokenRefusal.Malformed),
            Primitive("unsupported-algorithm", "unknown/unsupported algorithm",
                "The token's alg is one that go-jose does not know, or that does not go with the key.", Cures.Algorithm,
                TokenRefusal.AlgorithmNotAllowed),
            Primitive("unsupported-key", "unsupported key type/format",
                "The key that the API gives to go-jose is of a kind that cannot verify a token.", Cures.KeyType),
            Primitive("key-size", "invalid key size for algorithm",
                "The key that the API verifies with is too short or too long for the token's alg.", Cures.KeyType),
            Primitive("unknown-key", "JWK with matching kid not found in JWK Set",
                "None of the keys that the API knows has the token's kid.", Cures.Key, TokenRefusal.UnknownKey),
            new KnownText("unexpected-algorithm", "unexpected signature algorithm …; expected […]",
                "The token's alg is not among those that the API gave when it parsed the token, as version 4 asks for.", Cures.Algorithm,
                TokenRefusal.AlgorithmNotAllowed),
        }.Select(text => text.Of(ErrorLibrary.GoJose, "go-jose")),
    ];

    private static KnownText Claim(string id, string text, string cause, string cure, TokenRefusal? refusal = null) =>
        new(id, Claims + text, cause, cure, refusal) { Also = [OldClaims + text, text] };

    private static KnownText Primitive(string id, string text, string cause, string cure, TokenRefusal? refusal = null) =>
        new(id, Core + text, cause, cure, refusal) { Also = [OldCore + text] };
}
