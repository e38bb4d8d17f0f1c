using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>A token for rooms opens no API, and one for APIs no room, whatever else is right about it.</summary>
internal sealed class LiveKitTypeCheck(LiveKitShape shape) : TokenCheck("type", "Is it the right kind of token for this use?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        return token.Context.Use switch
        {
            TokenUse.Api => Refused(
                "This is a LiveKit token: it opens rooms of a LiveKit server and no API. Needed is an access token."),
            TokenUse.LiveKit when !shape.LooksLike(parsed) => Refused(
                "This is no LiveKit token: its issuer (iss) is not the API key, and it holds none of LiveKit's grants, such as video."),
            _ => CheckOutcome.Passed(token.Explain ? "It is made for a LiveKit server." : null),
        };
    }

    private static CheckOutcome Refused(string detail) => CheckOutcome.Failed(TokenRefusal.WrongType, detail);
}
