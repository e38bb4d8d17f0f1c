using Dashboard.Core.Scopes;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>14: the token grants every scope that is asked for, by itself or through the hierarchy.</summary>
internal sealed class ScopeCheck(ScopeHierarchy hierarchy) : TokenCheck("scope", "Does it allow what is asked?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed?.Values.Scopes is not { } held)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        var required = token.Context.RequiredScopes;
        if (required.Count == 0)
        {
            return CheckOutcome.Passed(token.Explain ? "No scope was asked for." : null);
        }

        return hierarchy.Missing(held, required) is { Count: > 0 } missing
            ? CheckOutcome.Failed(
                TokenRefusal.InsufficientScope,
                $"The token lacks {ScopeText.Join(missing)}. It holds {(held is [] ? "no scope" : ScopeText.Join(held))}.",
                new RefusalFacts { RequiredScopes = required, HeldScopes = held })
            : CheckOutcome.Passed(token.Explain ? $"It grants {ScopeText.Join(required)}." : null);
    }
}
