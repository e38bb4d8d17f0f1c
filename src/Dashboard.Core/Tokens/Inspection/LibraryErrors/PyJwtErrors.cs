using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>PyJWT 1 and 2. Its messages are short, so the name of the exception is known, too.</summary>
internal static class PyJwtErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "Signature has expired",
                "The token's exp has passed by the clock of the API; the signature itself is not looked at here.", Cures.NewToken,
                TokenRefusal.Expired)
            {
                Also = ["ExpiredSignatureError: Signature has expired", "ExpiredSignatureError"],
            },
            new KnownText("not-yet-valid", "The token is not yet valid (nbf)",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["ImmatureSignatureError: The token is not yet valid (nbf)"],
            },
            new KnownText("issued-in-future", "The token is not yet valid (iat)",
                "The token's iat is still to come by the clock of the API: PyJWT allows no difference between clocks by itself.",
                "Whoever runs the API should correct its clock; its developer should pass some seconds of leeway to decode().",
                TokenRefusal.NotYetValid)
            {
                Also = ["ImmatureSignatureError: The token is not yet valid (iat)"],
            },
            new KnownText("audience", "Invalid audience",
                "The token's aud does not hold the audience that the API expects, or the API expects none and the token has one.",
                Cures.Audience, TokenRefusal.WrongAudience)
            {
                IsCommon = true,
                Also = ["InvalidAudienceError: Invalid audience", "Audience doesn't match", "InvalidAudienceError"],
            },
            new KnownText("issuer", "Invalid issuer",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer)
            {
                IsCommon = true,
                Also = ["InvalidIssuerError: Invalid issuer", "InvalidIssuerError"],
            },
            new KnownText("missing-claim", "Token is missing the \"…\" claim",
                "The API asks for a claim that the token does not hold.", Cures.MissingClaim, TokenRefusal.MissingClaims)
            {
                Also = ["MissingRequiredClaimError: Token is missing the \"…\" claim", "MissingRequiredClaimError"],
            },
            new KnownText("signature", "Signature verification failed",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature)
            {
                Also = ["InvalidSignatureError: Signature verification failed", "jwt.exceptions.InvalidSignatureError"],
            },
            new KnownText("algorithm", "The specified alg value is not allowed",
                "The token's alg is not in the list of algorithms that the API passes to decode().", Cures.Algorithm,
                TokenRefusal.AlgorithmNotAllowed)
            {
                Also = ["InvalidAlgorithmError: The specified alg value is not allowed"],
            },
            new KnownText("unsupported-algorithm", "Algorithm not supported",
                "PyJWT cannot verify the token's alg: for keys other than secrets it needs the package cryptography.",
                "The API's developer should install PyJWT with its extra: pip install \"pyjwt[crypto]\".", TokenRefusal.AlgorithmNotAllowed)
            {
                IsCommon = true,
                Also =
                [
                    "InvalidAlgorithmError: Algorithm not supported",
                    "Algorithm '…' could not be found. Do you have cryptography installed?",
                ],
            },
            new KnownText("segments", "Not enough segments",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed)
            {
                IsCommon = true,
                Also = ["DecodeError: Not enough segments"],
            },
            new KnownText("header-padding", "Invalid header padding",
                "The token's first part is not base64url: the token was cut off, quoted, or is no token.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["DecodeError: Invalid header padding"],
            },
            new KnownText("header-string", "Invalid header string: …",
                "The token's first part is not JSON: most often “Bearer” or a quote is still before the token.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["DecodeError: Invalid header string"],
            },
            new KnownText("payload-padding", "Invalid payload padding",
                "The token's second part is not base64url: the token was changed or cut off on its way.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["DecodeError: Invalid payload padding", "Invalid payload string: …"],
            },
            new KnownText("crypto-padding", "Invalid crypto padding",
                "The token's signature is not base64url: the end of the token was cut off or changed.", Cures.WholeToken,
                TokenRefusal.Malformed)
            {
                Also = ["DecodeError: Invalid crypto padding"],
            },
            new KnownText("token-type", "Invalid token type. Token must be a <class 'bytes'>",
                "There was no token: the API handed over something that is no text, such as None.", Cures.SendToken,
                TokenRefusal.Malformed)
            {
                Also = ["Invalid token type. Token must be a "],
            },
            new KnownText("no-algorithms", "It is required that you pass in a value for the \"algorithms\" argument when calling decode().",
                "The API does not say which algorithms it accepts, which PyJWT has asked for since version 2.",
                "The API's developer should pass algorithms=[…] with the one that Signet signs with, which the page Keys shows."),
            new KnownText("unknown-key", "Unable to find a signing key that matches: …",
                "None of the keys at the address of the API's PyJWKClient has the token's kid.", Cures.Key, TokenRefusal.UnknownKey),
            new KnownText("keys-unreachable", "Fail to fetch data from the url, err: …",
                "The API could not fetch the keys to verify with.", Cures.Reachable)
            {
                Also = ["PyJWKClientConnectionError"],
            },
            new KnownText("no-signing-keys", "The JWKS endpoint did not contain any signing keys",
                "The address where the API looks for keys holds none that sign tokens: most often it is the wrong one.", Cures.Reachable)
            {
                Also = ["The JWKS endpoint did not return a JSON object", "The JWK Set did not contain any keys"],
            },
            new KnownText("subject", "Subject must be a string",
                "The token's sub is a number or an object; PyJWT has refused that since version 2.10.",
                "Whoever issues the token must write sub as text; tokens issued by Signet always have it so.", TokenRefusal.Malformed)
            {
                IsCommon = true,
                Also = ["InvalidSubjectError: Subject must be a string", "InvalidSubjectError"],
            },
            new KnownText("pem-as-secret",
                "The specified key is an asymmetric key or x509 certificate and should not be used as an HMAC secret.",
                "A public key is used as the secret of an HS256 token, which would let anybody forge tokens.", Cures.KeyType),
        }.Select(text => text.Of(ErrorLibrary.PyJwt, "pyjwt")),
    ];
}
