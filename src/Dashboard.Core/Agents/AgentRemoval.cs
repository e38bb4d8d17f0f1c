using Dashboard.Core.Access;
using Dashboard.Core.Audit;

namespace Dashboard.Core.Agents;

/// <summary>Removes agents: an agent itself, or an administrator any of them.</summary>
public sealed class AgentRemoval
{
    private readonly AgentDirectory _agents;
    private readonly AgentEnder _ender;
    private readonly AccessControl _access;

    internal AgentRemoval(AgentDirectory agents, AgentEnder ender, AccessControl access) =>
        (_agents, _ender, _access) = (agents, ender, access);

    /// <summary>An agent takes itself off. False where it is not registered.</summary>
    public async Task<bool> LeaveAsync(string agentId, CancellationToken cancellationToken) =>
        await _agents.ReadAsync(agentId, cancellationToken) is { } found
        && await _ender.EndAsync(found, null, null, "It took itself off.", cancellationToken);

    /// <summary>Removes an agent and revokes its tokens. It can register again: disable its key to keep it out.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    /// <returns>False where it is not registered.</returns>
    public async Task<bool> RemoveAsync(string agentId, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAgents);
        return await _agents.ReadAsync(agentId, cancellationToken) is { } found
            && await _ender.EndAsync(found, null, AuditOf(found, reason, who), $"{who.Name} removed it: {reason}", cancellationToken);
    }

    /// <summary>What the audit log says of a removal.</summary>
    internal static AuditEntry AuditOf(Agent agent, string reason, Actor who) => new(
        who,
        "agent.removed",
        "agent",
        agent.Id,
        reason,
        Before: AuditJson.Write(
            ("name", agent.Profile.Name),
            ("agent_type", agent.Profile.AgentType),
            ("endpoint", agent.Profile.Endpoint),
            ("agent_key", agent.KeyId)));
}
