using Dashboard.Core.Operators;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>12: whoever the token speaks for, and its client, still exist and may act. Answered from memory nearly always.</summary>
internal sealed class SubjectCheck(OperatorDirectory operators, ClientCheck clients, AgentCheck agents) : ITokenCheck
{
    public string Name => "subject";

    public string Title => "May its client and subject still act?";

    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken) =>
        token.Known?.Client is { } client && await clients.FindFaultAsync(client, token.Now, cancellationToken) is { } fault
            ? fault
            : token.Known?.Kind is TokenKind.Agent or TokenKind.AgentTemp
            ? await agents.RunAsync(token, cancellationToken)
            : Run(token);

    private CheckOutcome Run(TokenUnderCheck token)
    {
        if (token is { Issuer: { } issuer, SignatureVerified: true })
        {
            return CheckOutcome.Passed(token.Explain ? $"{issuer.Name} answers for its own subjects and clients." : null);
        }

        if (token.Known is not { } known)
        {
            return CheckOutcome.NotReached("Only the subject of a token that Signet issued can be looked up.");
        }

        if (Subjects.UserNameOf(known.Subject) is { } userName)
        {
            return CheckPerson(token, known.Kind, operators.FindByName(userName));
        }

        if (known.Kind is not TokenKind.Operator)
        {
            return CheckOutcome.Passed(token.Explain ? "Signet keeps no account for this subject that could be disabled." : null);
        }

        return operators.FindByName(known.Subject[Subjects.OperatorPrefix.Length..]) is { IsEnabled: true }
            ? CheckOutcome.Passed(token.Explain ? "The operator is enabled." : null)
            : CheckOutcome.Failed(TokenRefusal.SubjectDisabled, "The operator that this token speaks for is disabled or gone.");
    }

    // An administrator may mint a token for somebody who has no account here; nobody else can have got one.
    private static CheckOutcome CheckPerson(TokenUnderCheck token, TokenKind kind, OperatorAccount? account) => account switch
    {
        { IsEnabled: true } => CheckOutcome.Passed(token.Explain ? "The account is enabled." : null),
        null when kind is TokenKind.Minted => CheckOutcome.Passed(
            token.Explain ? "There is no account of this name that could be disabled." : null),
        _ => CheckOutcome.Failed(TokenRefusal.SubjectDisabled, "The account that this token speaks for is disabled or gone."),
    };
}
