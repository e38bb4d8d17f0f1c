using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Agents;

/// <summary>The only way to end a registration: nothing is left of it but its events, and everything it was given is revoked.</summary>
internal sealed class AgentEnder(
    IAgentStore store, AgentDirectory directory, TokenRevocations revocations, EventLog events, IChangeFeed feed, TimeProvider clock)
{
    /// <summary>Ends a registration; whoever asks was asked for the right to that. False where it had ended, or is not as expected.</summary>
    /// <param name="agent">As it was read.</param>
    /// <param name="seenBefore">Only where it was last seen before; null whenever it was.</param>
    /// <param name="audit">Commits with it; null where the agent itself asked.</param>
    /// <param name="why">Why, for the event and the revocation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> EndAsync(
        Agent agent, DateTimeOffset? seenBefore, AuditEntry? audit, string why, CancellationToken cancellationToken)
    {
        var isEnded = await store.RemoveAsync(agent.Id, agent.Registration, seenBefore, audit, cancellationToken);
        directory.Forget(agent.Id);
        if (isEnded)
        {
            await AfterEndAsync(agent, why, cancellationToken);
        }

        return isEnded;
    }

    /// <summary>
    /// Tells everybody of a registration that has just ended, and revokes what it was given. Its tokens are refused whether or
    /// not that can be written: there is no such registration any more.
    /// </summary>
    public async Task AfterEndAsync(Agent agent, string why, CancellationToken cancellationToken)
    {
        directory.Forget(agent.Id);
        await feed.TellAsync(new Change(ChangeKind.Agents, agent.Id), new Change(ChangeKind.Audit, null));
        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = EventKinds.AgentEnded,
            Outcome = EventOutcome.Succeeded,
            Subject = Subjects.OfAgent(agent.Id),
            Agent = agent.Id,
            Detail = $"The registration of agent {agent.Id} ended. {why}",
        });
        await CutOffAsync(agent.Id, clock.GetUtcNow(), why, cancellationToken);
    }

    /// <summary>Revokes everything that an agent was given until a time.</summary>
    public Task CutOffAsync(string agentId, DateTimeOffset until, string why, CancellationToken cancellationToken) =>
        revocations.RevokeAgentAsync(agentId, until, Actor.Signet, why, cancellationToken);
}
