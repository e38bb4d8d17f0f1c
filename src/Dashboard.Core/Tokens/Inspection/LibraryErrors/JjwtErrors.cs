using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>JJWT (io.jsonwebtoken), versions 0.9 to 0.12.</summary>
internal static class JjwtErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "JWT expired … milliseconds ago at …. Current time: ",
                "The token's exp has passed by the clock of the API, allowed difference included.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = ["JWT expired at …. Current time: ", "io.jsonwebtoken.ExpiredJwtException", "JWT expired at "],
            },
            new KnownText("not-yet-valid", "JWT early by … milliseconds before …. Current time: ",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["JWT must not be accepted before …. Current time: ", "io.jsonwebtoken.PrematureJwtException"],
            },
            new KnownText("signature",
                "JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted.",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                Also = ["JWT signature does not match locally computed signature"],
            },
            new KnownText("periods", "JWT strings must contain exactly 2 period characters. Found: …",
                "What arrived does not have the three parts of a token: often it is the text “null” or an opaque token.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["Invalid compact JWT string: Compact JWSs must contain exactly 2 period characters"],
            },
            new KnownText("missing", "JWT String argument cannot be null or empty.",
                "There was no token in the request, or the API looked for it in another place.", Cures.SendToken)
            {
                Also = ["CharSequence cannot be null or empty."],
            },
            new KnownText("claim", "Expected … claim to be: …, but was: …",
                "A claim of the token is not what the API expects.", Cures.WrongClaim)
            {
                Also = ["io.jsonwebtoken.IncorrectClaimException"],
            },
            new KnownText("issuer", "Expected iss claim to be: …, but was: …",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                Also = ["IncorrectClaimException: Expected iss claim to be: "],
            },
            new KnownText("audience", "Missing expected '…' value in 'aud' claim ",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience)
            {
                Also = ["Expected aud claim to be: …, but was: ", "IncorrectClaimException: Expected aud claim to be: "],
            },
            new KnownText("missing-claim", "Expected … claim to be: …, but was not present in the JWT claims.",
                "The API asks for a claim that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims)
            {
                Also = ["io.jsonwebtoken.MissingClaimException"],
            },
            new KnownText("unknown-key",
                "Cannot verify JWS signature: unable to locate signature verification key for JWS with header: …",
                "The API has no key for the token's kid.", Cures.Key, TokenRefusal.UnknownKey),
            new KnownText("unsecured", "Unsecured JWSs (those with an 'alg' (Algorithm) header value of 'none') are disallowed by default",
                "The token is not signed (alg is none), and the API rightly does not accept that.", Cures.Unsigned,
                TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["Unsigned Claims JWTs are not supported.", "Unprotected Claims JWTs are not supported."],
            },
            new KnownText("no-algorithm", "JWS header does not contain a required 'alg' (Algorithm) header parameter.",
                "The token's header does not say how it was signed.", Cures.Unsigned, TokenRefusal.AlgorithmNotAllowed),
            new KnownText("algorithm", "Unsupported signature algorithm '…'",
                "The token's alg is one that JJWT does not know.", Cures.Algorithm, TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["Unrecognized JWS 'alg' (Algorithm) header value: "],
            },
            new KnownText("json", "Unable to read JSON value: …",
                "A part of the token is no JSON: the token was changed, cut off or quoted.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                IsCommon = true,
                Also =
                [
                    "MalformedJwtException: Unable to read JSON value: ", "Malformed protected header JSON: ", "Malformed claims JSON: ",
                ],
            },
            new KnownText("weak-key", "The verification key's size is … bits which is not secure enough for the … algorithm.",
                "The secret that the API verifies with is shorter than its algorithm demands.", Cures.Secret)
            {
                Also = ["The signing key's size is … bits which is not secure enough for the … algorithm."],
            },
        }.Select(text => text.Of(ErrorLibrary.Jjwt, "jjwt")),
    ];
}
