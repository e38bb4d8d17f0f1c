using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>9: the token is meant for whoever asks; an exact match with one of its audiences.</summary>
internal sealed class AudienceCheck(IOptions<SignetOptions> options) : TokenCheck("audience", "Is it meant for this API?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values.Audiences is not { } audiences)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        // What lets an agent register is for that alone, whatever else an endpoint takes.
        var expected = token.Parsed.Type == TokenKind.AgentTemp.Type
            ? TokenKind.AgentTemp.OwnAudience
            : token.Context.Audience ?? options.Value.Audience;
        foreach (var audience in audiences)
        {
            if (audience == expected)
            {
                return CheckOutcome.Passed(token.Explain ? $"It is for {expected}." : null);
            }
        }

        return CheckOutcome.Failed(
            TokenRefusal.WrongAudience,
            audiences is []
                ? $"JWT token names no audience (aud); expected is '{expected}'."
                : $"JWT token is for '{string.Join("', '", audiences)}', but expected is '{expected}'.",
            new RefusalFacts { ExpectedAudience = expected, ActualAudience = audiences });
    }
}
