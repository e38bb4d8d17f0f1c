using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Agents;

/// <summary>Keeps the agents that are registered. Every adapter must pass <c>AgentStoreContract</c>.</summary>
internal interface IAgentStore
{
    /// <summary>The agent with this id; null where there is none.</summary>
    Task<Agent?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Every agent, newest first. There are no more than there are keys.</summary>
    Task<IReadOnlyList<Agent>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Registers an agent with its part of the ledger, in one step: where neither it nor another agent with its key was seen
    /// after <paramref name="aliveSince"/>, its key may be used at the time of registering, and its temporary token was not used
    /// for the registration that it replaces. A dead agent with its key makes room for it.
    /// </summary>
    Task<AgentWrite> RegisterAsync(Agent agent, DateTimeOffset aliveSince, LedgerChange ledger, CancellationToken cancellationToken);

    /// <summary>Removes an agent; false, and nothing changed, where there is none like that.</summary>
    /// <param name="id">Which.</param>
    /// <param name="registration">Only while it is still registered so; null however it is.</param>
    /// <param name="seenBefore">Only where it was last seen before; null whenever it was.</param>
    /// <param name="audit">Commits with it; null where nobody but the agent asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> RemoveAsync(
        string id, string? registration, DateTimeOffset? seenBefore, AuditEntry? audit, CancellationToken cancellationToken);

    /// <summary>Notes when agents were last seen; never turns a time back, and brings nobody back.</summary>
    Task RecordAsync(IReadOnlyCollection<AgentSeen> seen, CancellationToken cancellationToken);

    /// <summary>Up to so many that were last seen before a time.</summary>
    Task<IReadOnlyList<Agent>> FindSilentAsync(DateTimeOffset seenBefore, int limit, CancellationToken cancellationToken);
}

/// <summary>An agent said that it lives.</summary>
internal sealed record AgentSeen(string AgentId, DateTimeOffset At);

/// <summary>What became of a registration. Nothing changed unless it says so.</summary>
internal abstract record AgentWrite
{
    private AgentWrite()
    {
    }

    /// <summary>It is registered.</summary>
    /// <param name="Replaced">Its own registration of before; null where it had none.</param>
    /// <param name="Displaced">The dead agent that had its key; null where none had.</param>
    public sealed record Done(Agent? Replaced, Agent? Displaced) : AgentWrite;

    public sealed record Duplicate(Agent Alive) : AgentWrite;

    public sealed record KeyInUse(Agent By) : AgentWrite;

    public sealed record KeyUnusable : AgentWrite;

    public sealed record TempTokenUsed : AgentWrite;
}
