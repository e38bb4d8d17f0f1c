using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>The issuer is the API key, by which the server finds the secret. Before everything that the secret says.</summary>
internal sealed class LiveKitIssuerCheck(LiveKitKey key)
    : TokenCheck("issuer", "Is its API key (iss) the one that is configured here?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (!key.IsThere)
        {
            return Refused("No LiveKit server is configured here, so nobody can say whether the API key and its secret are right.");
        }

        if (parsed.Values.Issuer is not { } issuer)
        {
            return Refused("The token names no API key (iss), so LiveKit does not know which secret it was signed with.");
        }

        return key.IsNamedBy(issuer)
            ? CheckOutcome.Passed(token.Explain ? "It is." : null)
            : Refused("The token names another API key (iss) than the one that is configured here.");
    }

    private static CheckOutcome Refused(string detail) => CheckOutcome.Failed(TokenRefusal.WrongIssuer, detail);
}
