using Dashboard.Core.Agents;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// Part of 12: the agent that a token speaks for is still registered as it was then, and its key may still be used. Answered
/// from memory nearly always.
/// </summary>
internal sealed class AgentCheck(AgentDirectory agents, AgentKeyDirectory keys)
{
    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        if (token.Known!.Kind is TokenKind.AgentTemp)
        {
            return CheckKey(token, AgentKeyDirectory.KeyIdIn(token.Parsed!.Claims));
        }

        var agent = await agents.FindAsync(Subjects.AgentIdOf(token.Known.Subject) ?? "", cancellationToken);
        if (agent is null)
        {
            return Refuse("The agent that this token speaks for is not registered any more.");
        }

        return agent.Registration == token.Known.Family
            ? CheckKey(token, agent.KeyId)
            : Refuse("The agent that this token speaks for has registered anew since.");
    }

    private CheckOutcome CheckKey(TokenUnderCheck token, string? keyId) => keys.Find(keyId)?.StandingAt(token.Now) switch
    {
        AgentKeyStanding.Good => CheckOutcome.Passed(token.Explain ? "The agent may act, and so may its key." : null),
        AgentKeyStanding.Disabled => Refuse("The key of the agent that this token speaks for is disabled."),
        AgentKeyStanding.Expired => Refuse("The key of the agent that this token speaks for has expired."),
        _ => Refuse("The key of the agent that this token speaks for was deleted."),
    };

    private static CheckOutcome Refuse(string detail) => CheckOutcome.Failed(TokenRefusal.SubjectDisabled, detail);
}
