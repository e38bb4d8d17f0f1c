using Dashboard.Core.Operators;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>12: whoever the token speaks for still exists and may act. Answered from memory.</summary>
internal sealed class SubjectCheck(OperatorDirectory operators) : TokenCheck("subject", "May its subject still act?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Known is not { } known)
        {
            return CheckOutcome.NotReached("Only the subject of a token that Signet issued can be looked up.");
        }

        if (known.Kind is not TokenKind.Operator)
        {
            return CheckOutcome.Passed(token.Explain ? "Signet keeps no account for this subject that could be disabled." : null);
        }

        return operators.FindByName(known.Subject[Subjects.OperatorPrefix.Length..]) is { IsEnabled: true }
            ? CheckOutcome.Passed(token.Explain ? "The operator is enabled." : null)
            : CheckOutcome.Failed(TokenRefusal.SubjectDisabled, "The operator that this token speaks for is disabled or gone.");
    }
}
