using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>What to do about a token for LiveKit, and who can do it.</summary>
internal static class LiveKitNextSteps
{
    public static string For(TokenRefusal? refusal) => refusal switch
    {
        null =>
            "Nothing to do. If LiveKit still refuses it, its server has another secret for this API key, another clock, or is another "
            + "server than the one that is configured here.",
        TokenRefusal.Malformed =>
            "The caller should copy the whole token again: three parts joined by dots, without quotes, spaces or line breaks.",
        TokenRefusal.AlgorithmNotAllowed =>
            "Whoever makes the token must sign it with HS256 and the API secret, as LiveKit's libraries do.",
        TokenRefusal.WrongType =>
            "The caller should send an access token to an API, and this one to the LiveKit server.",
        TokenRefusal.WrongIssuer =>
            "Whoever makes the token should use the API key of this LiveKit server (LIVEKIT_API_KEY). If it is meant for another one, "
            + "nobody here can judge it.",
        TokenRefusal.InvalidSignature =>
            "Whoever makes the token should use the secret that belongs to this API key (LIVEKIT_API_SECRET), and the same one that "
            + "the LiveKit server has: after a change both have to be started again.",
        TokenRefusal.MissingClaims =>
            "Whoever makes the token must add what is missing: an expiry, and an identity to join a room with.",
        TokenRefusal.NotYetValid =>
            "The caller should wait until the token is valid; if it should be already, somebody should correct the clock that is wrong.",
        TokenRefusal.Expired => "The caller should get a new token (GET /api/token) before it joins again.",
        TokenRefusal.Revoked =>
            "The caller should get a new token. Signet refuses this one, but the LiveKit server never asks Signet: to keep somebody out, "
            + "remove the participant from the room and change the API secret.",
        TokenRefusal.ClientDisabled or TokenRefusal.ClientExpired =>
            "An administrator can enable the client again that this token was made for. The LiveKit server knows nothing of it.",
        TokenRefusal.SubjectDisabled or TokenRefusal.SessionExpired =>
            "The caller should get a new token from somebody who may still have some made.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "No check of LiveKit's tokens refuses for this."),
    };
}
