using Dashboard.Core.Primitives;

namespace Dashboard.Core.Agents;

/// <summary>What became of a registration. Nothing changed unless it says so.</summary>
public abstract record AgentRegistrationOutcome
{
    private AgentRegistrationOutcome()
    {
    }

    /// <summary>The stable code of a refusal; null for none.</summary>
    public virtual string? Code => "AGENT_REGISTRATION_FAILED";

    /// <summary>One sentence for whoever asked, and for the event.</summary>
    public abstract string Describe(string agentId);

    /// <summary>It is registered.</summary>
    /// <param name="Agent">As it was stored.</param>
    /// <param name="Token">Its token, shown this once.</param>
    /// <param name="ExpiresIn">How long that lives.</param>
    public sealed record Registered(Agent Agent, string Token, TimeSpan ExpiresIn) : AgentRegistrationOutcome
    {
        public override string? Code => null;

        public override string Describe(string agentId) => $"Agent '{Agent.Profile.Name}' registered successfully";

        /// <summary>Without the token.</summary>
        public override string ToString() => Agent.Id;
    }

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : AgentRegistrationOutcome
    {
        public override string Code => "VALIDATION_FAILED";

        public override string Describe(string agentId) =>
            $"What agent {agentId} says of itself is not acceptable: {string.Join(", ", Faults.Select(fault => fault.Field))}.";
    }

    /// <summary>It is registered, and was heard of not long ago.</summary>
    public sealed record Duplicate(Agent Alive) : AgentRegistrationOutcome
    {
        public override string Code => "DUPLICATE_AGENT";

        public override string Describe(string agentId) => $"Agent {agentId} is already registered and alive.";
    }

    /// <summary>Another agent lives by the key.</summary>
    public sealed record KeyInUse(string AgentId) : AgentRegistrationOutcome
    {
        public override string Describe(string agentId) =>
            $"Agent key is already in use by agent '{AgentId}'. Each agent key can only register one agent.";
    }

    public sealed record KeyUnusable : AgentRegistrationOutcome
    {
        public override string Describe(string agentId) =>
            "The agent key that this registration began with is disabled, has expired or was deleted since.";
    }

    public sealed record TypeNotAllowed : AgentRegistrationOutcome
    {
        public override string Describe(string agentId) => "This agent key may not register agents of that type.";
    }

    public sealed record TempTokenUsed : AgentRegistrationOutcome
    {
        public override string Code => "TOKEN_REVOKED";

        public override string Describe(string agentId) =>
            "The temporary token was used before: it is good for one registration. Ask for another one.";
    }
}
