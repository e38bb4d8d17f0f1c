using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>3: the issuer is this deployment or, where that is enough, a trusted one; compared exactly.</summary>
internal sealed class IssuerCheck(IOptions<SignetOptions> options, IssuerKeys issuers)
    : TokenCheck("issuer", "Is its issuer trusted here?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (token.Context.Key is { } given)
        {
            return RunGiven(given.Issuer, parsed.Values.Issuer);
        }

        if (token.Issuer is { } trusted)
        {
            return CheckOutcome.Passed(token.Explain ? $"{trusted.Issuer} is the trusted issuer {trusted.Name}." : null);
        }

        if (token.IsAdopted)
        {
            return CheckOutcome.Passed(token.Explain ? $"The tokens of {parsed.Values.Issuer} were taken over from it." : null);
        }

        var expected = options.Value.Issuer;
        return parsed.Values.Issuer == expected
            ? CheckOutcome.Passed(token.Explain ? $"{expected} is this Signet." : null)
            : CheckOutcome.Failed(
                TokenRefusal.WrongIssuer,
                parsed.Values.Issuer is { } issuer
                    ? $"The token was issued by '{issuer}', but this is '{expected}'." + (token.Explain ? NoteOn(issuer) : "")
                    : $"The token names no issuer (iss); this is '{expected}'.");
    }

    private static CheckOutcome RunGiven(string? asked, string? named) => (asked, named) switch
    {
        (null, null) => CheckOutcome.Passed("No issuer was asked for, and the token names none (iss)."),
        (null, _) => CheckOutcome.Passed($"No issuer was asked for; the token names '{named}'."),
        _ when asked == named => CheckOutcome.Passed($"It is {asked}, as asked for."),
        (_, null) => CheckOutcome.Failed(TokenRefusal.WrongIssuer, $"The token names no issuer (iss); asked for is '{asked}'."),
        _ => CheckOutcome.Failed(TokenRefusal.WrongIssuer, $"The token was issued by '{named}', but asked for is '{asked}'."),
    };

    private string NoteOn(string issuer) => issuers.Find(issuer) is { } known
        ? $" {known.Name} is a trusted issuer, but only Signet's own tokens are taken here."
        : issuers.All is [] ? "" : " It is none of the trusted issuers.";
}
