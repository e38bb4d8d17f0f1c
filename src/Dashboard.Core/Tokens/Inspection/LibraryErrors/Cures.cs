namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>What helps, and who can do it, where several libraries mean the same.</summary>
internal static class Cures
{
    public const string NewToken =
        "The caller should get a new token, or refresh it before it expires. If it was issued just now, whoever runs the API should "
        + "correct its clock.";

    public const string Wait =
        "The caller should try again when its time has come. If it was issued just now, whoever runs the API should correct its clock or "
        + "allow some seconds of difference.";

    public const string Audience =
        "The caller should ask for a token for this API. If this one is, the API's developer should expect the audience that the token "
        + "names (aud).";

    public const string Issuer =
        "The API's developer should expect the issuer of Signet's metadata, character for character, trailing slash included; or the "
        + "caller should get its token from there.";

    public const string Signature =
        "The caller should get a new token and send it unchanged. If that one fails too, the API's developer should verify with the keys "
        + "at Signet's jwks_uri.";

    public const string Key =
        "The caller should get a new token. If that one fails too, the API's developer should fetch the keys of Signet's jwks_uri again "
        + "whenever a kid is unknown.";

    public const string Algorithm =
        "The API's developer should allow the algorithm that Signet signs with, which the page Keys shows, and no others. If the token "
        + "was not made by Signet, treat it as forged.";

    public const string KeyType =
        "The API's developer should verify with a public key of Signet's jwks_uri that fits the token's alg, and never with a secret in "
        + "place of a public key.";

    public const string WholeToken =
        "The caller should send the whole token: three parts joined by dots, without “Bearer”, quotes, spaces or line breaks.";

    public const string SendToken =
        "The caller must send the token as “Authorization: Bearer …”. If it does, the API's developer should look where the header is "
        + "lost on the way.";

    public const string MissingClaim =
        "The API's developer should ask only for claims that tokens for this API hold; the inspector shows them. Whoever issues the "
        + "token can add what is missing.";

    public const string WrongClaim =
        "The caller should get a token for this use, or the API's developer should expect the value that the token holds; the inspector "
        + "shows it.";

    public const string TokenType =
        "The caller should send the access token, and no ID or refresh token. If it does, the API's developer should accept the typ that "
        + "the token names.";

    public const string Unsigned =
        "A security reviewer should look at who sends it: Signet signs every token, so this one was made elsewhere or cut off.";

    public const string Encrypted =
        "The caller should send the token as Signet issued it: Signet signs tokens and does not encrypt them.";

    public const string Reachable =
        "Whoever runs the API should make the address of the keys reachable from it: name, port, certificate and proxy. Signet's own are "
        + "at its jwks_uri.";

    public const string Secret =
        "The API's developer should configure a longer secret, or better verify with the public keys at Signet's jwks_uri.";
}
