using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>LiveKit's server, and its client in the browser, which passes on what the server says.</summary>
internal static class LiveKitErrors
{
    public static IEnumerable<LibraryError> All =>
    [
        .. new[]
        {
            new KnownText("connection", "could not establish signal connection: invalid token",
                "The LiveKit server refused the token. What follows in the same message, or on the next line, says why.",
                "Whoever makes the token should paste it into the inspector, which says what the server finds wrong."),
            new KnownText("authorization-token", "invalid authorization token",
                "The LiveKit server could not read or verify the token; where more follows, that is the reason.",
                "The caller should send the whole token as it was made, and get a new one if it is old.", TokenRefusal.Malformed)
            {
                IsCommon = true,
                Also = ["invalid authorization token: "],
            },
            new KnownText("authorization-header", "invalid authorization header. Must start with Bearer",
                "The request to the LiveKit server has an Authorization header without “Bearer ” before the token.",
                "The caller must send “Authorization: Bearer …”, or the token as access_token in the query."),
            new KnownText("api-key", "invalid API key",
                "The LiveKit server has no secret for the API key that the token names (iss).",
                "Whoever makes the token should use an API key of this server (LIVEKIT_API_KEY); one that was just added needs a new start "
                + "of the server.", TokenRefusal.WrongIssuer)
            {
                IsCommon = true,
                Also = ["401 invalid API key"],
            },
            new KnownText("permissions", "permissions denied",
                "The token is good, but does not grant what was asked: most often it lacks video.roomJoin, or names another room.",
                "Whoever makes the token must grant what is missing; the inspector lists what a token grants.", TokenRefusal.InsufficientScope)
            {
                IsCommon = true,
                Also = ["401 permissions denied"],
            },
            new KnownText("identity", "identity is required for join but not set",
                "A token to join a room was made without an identity.",
                "Whoever makes the token must give an identity (sub): GET /api/token?identity=….", TokenRefusal.MissingClaims)
            {
                Also = ["identity and room must be set when joining a room"],
            },
        }.Select(text => text.Of(ErrorLibrary.LiveKit, "livekit")),
    ];
}
