using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>3: the issuer is this deployment, compared exactly.</summary>
internal sealed class IssuerCheck(IOptions<SignetOptions> options) : TokenCheck("issuer", "Was it issued here?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        var expected = options.Value.Issuer;
        return parsed.Values.Issuer == expected
            ? CheckOutcome.Passed(token.Explain ? $"{expected} is this Signet." : null)
            : CheckOutcome.Failed(
                TokenRefusal.WrongIssuer,
                parsed.Values.Issuer is { } issuer
                    ? $"The token was issued by '{issuer}', but this is '{expected}'."
                    : $"The token names no issuer (iss); this is '{expected}'.");
    }
}
