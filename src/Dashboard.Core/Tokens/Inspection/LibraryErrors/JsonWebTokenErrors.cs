using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>jsonwebtoken of Node.js, versions 5 to 9.</summary>
internal static class JsonWebTokenErrors
{
    private const string Error = "JsonWebTokenError: ";

    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("expired", "jwt expired",
                "The token's exp has passed by the clock of the API.", Cures.NewToken, TokenRefusal.Expired)
            {
                Also = ["TokenExpiredError: jwt expired", "TokenExpiredError"],
            },
            new KnownText("not-active", "jwt not active",
                "The token's nbf is still to come by the clock of the API.", Cures.Wait, TokenRefusal.NotYetValid)
            {
                Also = ["NotBeforeError: jwt not active"],
            },
            new KnownText("max-age", "maxAge exceeded",
                "The token is older than the API's own limit (maxAge), though it has not expired.",
                "The caller should get a new token. If tokens live longer than the API accepts, its developer should raise maxAge.",
                TokenRefusal.Expired)
            {
                Also = ["TokenExpiredError: maxAge exceeded"],
            },
            Plain("malformed", "jwt malformed",
                "What arrived does not have the three parts of a token.", Cures.WholeToken, TokenRefusal.Malformed),
            Plain("missing", "jwt must be provided",
                "There was no token in the request, or the API looked for it in another place.", Cures.SendToken),
            Plain("not-a-string", "jwt must be a string",
                "The API handed over something that is no text, such as a whole header object.",
                "The API's developer should hand over the token alone, as text.", TokenRefusal.Malformed),
            Plain("unsigned", "jwt signature is required",
                "The token has no signature: its third part is empty.", Cures.Unsigned, TokenRefusal.AlgorithmNotAllowed),
            Plain("no-key", "secret or public key must be provided",
                "The API verifies without a key: most often a setting or environment variable is empty.",
                "Whoever runs the API should configure its key; its developer can take it from Signet's jwks_uri."),
            Plain("key-callback", "error in secret or public key callback: …",
                "The API's own function failed to get the key, most often while it fetched the keys of the issuer.", Cures.Key,
                TokenRefusal.UnknownKey),
            Common("invalid-token", "invalid token",
                "The token's header or claims cannot be read: it was cut off, quoted or changed.", Cures.WholeToken,
                TokenRefusal.Malformed),
            Common("algorithm", "invalid algorithm",
                "The token's alg is not among those that the API allows, or that go with its key.", Cures.Algorithm,
                TokenRefusal.AlgorithmNotAllowed),
            Common("signature", "invalid signature",
                "The signature does not fit the key: the token was changed, or signed with another key.", Cures.Signature,
                TokenRefusal.InvalidSignature),
            Plain("audience", "jwt audience invalid. expected: …",
                "The token's aud does not hold the audience that the API expects.", Cures.Audience, TokenRefusal.WrongAudience),
            Plain("issuer", "jwt issuer invalid. expected: …",
                "The token's iss is not the issuer that the API expects.", Cures.Issuer, TokenRefusal.WrongIssuer),
            Plain("subject", "jwt subject invalid. expected: …",
                "The token's sub is not the subject that the API expects.", Cures.WrongClaim),
            Plain("id", "jwt jwtid invalid. expected: …",
                "The token's jti is not the one that the API expects.", Cures.WrongClaim),
            Plain("no-issued-at", "iat required when maxAge is specified",
                "The API limits the age of tokens (maxAge), and this token does not say when it was issued.", Cures.MissingClaim,
                TokenRefusal.MissingClaims),
            Plain("times", "invalid exp value",
                "A time in the token is written as text and not as a number of seconds.",
                "Whoever issues the token must write exp and nbf as numbers; tokens issued by Signet always have them so.",
                TokenRefusal.Malformed,
                "invalid nbf value"),
            Plain("asymmetric-key", "secretOrPublicKey must be an asymmetric key when using …",
                "The token is signed with a private key, and the API verifies with a secret.", Cures.KeyType),
            Plain("symmetric-key", "secretOrPublicKey must be a symmetric key when using …",
                "The token's alg is one for secrets, and the API verifies with a public key: somebody may be trying to forge tokens.",
                "A security reviewer should look at who sends it, unless the API is meant to accept HS256.",
                TokenRefusal.AlgorithmNotAllowed),
        }.Select(text => text.Of(ErrorLibrary.JsonWebToken, "jsonwebtoken")),
    ];

    private static KnownText Plain(
        string id, string text, string cause, string cure, TokenRefusal? refusal = null, params string[] also) =>
        new(id, text, cause, cure, refusal) { Also = [Error + text, .. also] };

    private static KnownText Common(string id, string text, string cause, string cure, TokenRefusal refusal) =>
        new(id, text, cause, cure, refusal) { Also = [Error + text], IsCommon = true };
}
