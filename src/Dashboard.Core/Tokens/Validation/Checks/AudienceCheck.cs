using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// 9: the token is meant for whoever asks; an exact match with one of its audiences. One of a trusted issuer must also be for an
/// audience that is configured for that issuer, whoever asks: what it issues for others is not for us.
/// </summary>
internal sealed class AudienceCheck(IOptions<SignetOptions> options) : TokenCheck("audience", "Is it meant for this API?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values.Audiences is not { } audiences)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (token.Context is { Key: not null, Audience: null })
        {
            return CheckOutcome.Passed($"No audience was asked for; {(audiences is [] ? "it names none" : $"it is for {string.Join(" and ", audiences)}")}.");
        }

        if (token.Issuer is { } issuer && !audiences.Any(audience => issuer.Audiences.Contains(audience, StringComparer.Ordinal)))
        {
            return Refused(audiences, string.Join(' ', issuer.Audiences));
        }

        if (token is { Issuer: { } foreign, Context.Audience: null })
        {
            return CheckOutcome.Passed(token.Explain ? $"It is for {string.Join(" and ", audiences.Intersect(foreign.Audiences, StringComparer.Ordinal))}." : null);
        }

        // What lets an agent register is for that alone, whatever else an endpoint takes.
        var expected = token.Issuer is null && token.Parsed.Type == TokenKind.AgentTemp.Type
            ? TokenKind.AgentTemp.OwnAudience!
            : token.Context.Audience ?? options.Value.Audience;
        if (token is { IsAdopted: true, Context: { Audience: null, AcceptsTrustedIssuers: true } }
            && audiences.Contains(token.Parsed.Values.Issuer, StringComparer.Ordinal))
        {
            // Where it was issued that means every API; Signet's own takes only what names it.
            return CheckOutcome.Passed(token.Explain ? "It is for every API of its issuer." : null);
        }

        return audiences.Contains(expected, StringComparer.Ordinal)
            ? CheckOutcome.Passed(token.Explain ? $"It is for {expected}." : null)
            : Refused(audiences, expected);
    }

    private static CheckOutcome Refused(IReadOnlyList<string> audiences, string expected) =>
        CheckOutcome.Failed(
            TokenRefusal.WrongAudience,
            audiences is []
                ? $"JWT token names no audience (aud); expected is '{expected}'."
                : $"JWT token is for '{string.Join("', '", audiences)}', but expected is '{expected}'.",
            new RefusalFacts { ExpectedAudience = expected, ActualAudience = audiences });
}
