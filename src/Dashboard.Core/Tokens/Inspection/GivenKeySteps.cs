using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>What to do where a token was judged by a key that somebody gave: no setting decides, and the key may be the wrong one.</summary>
internal static class GivenKeySteps
{
    public static string For(TokenRefusal? refusal, ReportIssuer issuer) => refusal switch
    {
        TokenRefusal.AlgorithmNotAllowed =>
            $"Make sure that the key is one of {issuer.Name} and made for this algorithm. If it is, treat the token as forged.",
        TokenRefusal.WrongIssuer =>
            "The caller should get a token from the issuer that was asked for, or you ask for the one that the token names.",
        TokenRefusal.UnknownKey => $"Give the key that the header names (kid), as {issuer.Name} publishes it.",
        TokenRefusal.InvalidSignature =>
            $"Make sure that this is the key of {issuer.Name}. If it is, the token was damaged in copying or forged: a security "
            + "reviewer should look at who sent it.",
        TokenRefusal.WrongType =>
            $"The caller should send the access token that {issuer.Name} gave it, not an ID or refresh token.",
        TokenRefusal.WrongAudience =>
            $"The caller should ask {issuer.Name} for a token for this API, or send this one to the API it was made for.",
        _ => NextSteps.For(refusal, issuer),
    };
}
