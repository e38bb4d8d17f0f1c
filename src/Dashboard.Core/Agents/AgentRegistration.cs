using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>Registers agents. On return the registration and the row of its token are durable.</summary>
public sealed class AgentRegistration
{
    private readonly IAgentStore _store;
    private readonly AgentDirectory _directory;
    private readonly AgentKeyDirectory _keys;
    private readonly AgentHeartbeats _heartbeats;
    private readonly AgentTokens _tokens;
    private readonly AgentEnder _ender;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;

    internal AgentRegistration(
        IAgentStore store,
        AgentDirectory directory,
        AgentKeyDirectory keys,
        AgentHeartbeats heartbeats,
        AgentTokens tokens,
        AgentEnder ender,
        EventLog events,
        IChangeFeed feed,
        IOptions<AgentOptions> options,
        TimeProvider clock) =>
        (_store, _directory, _keys, _heartbeats, _tokens, _ender, _events, _feed, _options, _clock) =
        (store, directory, keys, heartbeats, tokens, ender, events, feed, options.Value, clock);

    /// <summary>Registers the agent that a token was given to.</summary>
    /// <param name="token">One that was accepted: a temporary one, or that of the agent's own registration.</param>
    /// <param name="profile">What the agent says of itself; texts that are missing are empty.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">Nothing was registered.</exception>
    public async Task<AgentRegistrationOutcome> RegisterAsync(
        AcceptedToken token, AgentProfile profile, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var agentId = token.AgentId ?? throw new ArgumentException("The token is no agent's.", nameof(token));
        var outcome = FaultsOf(token, profile) is { Count: > 0 } faults
            ? new AgentRegistrationOutcome.Invalid(faults)
            : await KeyIdOfAsync(token, agentId, cancellationToken) is not { } keyId || _keys.Find(keyId) is not { } key
            ? new AgentRegistrationOutcome.KeyUnusable()
            : !key.Allows(profile.AgentType)
            ? new AgentRegistrationOutcome.TypeNotAllowed()
            : await RegisterAsync(token, agentId, keyId, profile, origin, cancellationToken);
        Record(agentId, outcome, origin);
        return outcome;
    }

    private async Task<AgentRegistrationOutcome> RegisterAsync(
        AcceptedToken token,
        string agentId,
        string keyId,
        AgentProfile profile,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        // What this node heard of agents counts before they are judged.
        await _heartbeats.WriteAsync(cancellationToken);
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var registration = Identifiers.NewId();
        var given = _tokens.Prepare(agentId, registration, now, origin);
        var temp = token.Kind is TokenKind.AgentTemp ? token.TokenId : null;
        var agent = new Agent
        {
            Id = agentId,
            Registration = registration,
            KeyId = keyId,
            TempTokenId = temp,
            TokenId = given.Entry.TokenId,
            Profile = profile,
            RegisteredAt = now,
            LastSeenAt = now,
        };
        var written = await _store.RegisterAsync(
            agent, _options.AliveSince(now), new LedgerChange(given.Entry, temp, now), cancellationToken);
        _directory.Forget(agentId);
        switch (written)
        {
            case AgentWrite.Done done:
                var issued = await FinishAsync(agent, given, done, cancellationToken);
                return new AgentRegistrationOutcome.Registered(agent, issued.Token, issued.Lifetime);
            case AgentWrite.Duplicate { Alive: var alive }:
                return new AgentRegistrationOutcome.Duplicate(alive);
            case AgentWrite.KeyInUse { By.Id: var by }:
                return new AgentRegistrationOutcome.KeyInUse(by);
            case AgentWrite.TempTokenUsed:
                return new AgentRegistrationOutcome.TempTokenUsed();
            default:
                return new AgentRegistrationOutcome.KeyUnusable();
        }
    }

    // The old registration is over by what was written; its tokens are refused already, and now show it.
    private async Task<TokenIssueOutcome.Issued> FinishAsync(
        Agent agent, PreparedToken given, AgentWrite.Done done, CancellationToken cancellationToken)
    {
        var issued = _tokens.Announce(given);
        await _feed.TellAsync(new Change(ChangeKind.Agents, agent.Id));
        if (done.Replaced is not null)
        {
            await _ender.CutOffAsync(
                agent.Id, agent.RegisteredAt.AddMilliseconds(-1), "The agent registered anew.", cancellationToken);
        }

        if (done.Displaced is { } displaced)
        {
            await _ender.AfterEndAsync(displaced, $"It was silent, and its key is that of {agent.Id} now.", cancellationToken);
        }

        return issued;
    }

    private List<FieldFault> FaultsOf(AcceptedToken token, AgentProfile profile)
    {
        List<FieldFault> faults = [.. AgentRules.FaultsOf(profile, _options.Types)];
        if (token.Kind is TokenKind.AgentTemp
            && token.Claims.GetProperty(ClaimNames.AgentType).GetString() != profile.AgentType
            && faults.TrueForAll(fault => fault.Field != ClaimNames.AgentType))
        {
            faults.Add(new FieldFault(ClaimNames.AgentType, "must be the one that the temporary token was asked for"));
        }

        return faults;
    }

    private async ValueTask<string?> KeyIdOfAsync(AcceptedToken token, string agentId, CancellationToken cancellationToken) =>
        token.Kind is TokenKind.AgentTemp
            ? AgentKeyDirectory.KeyIdIn(token.Claims)
            : (await _directory.FindAsync(agentId, cancellationToken))?.KeyId;

    private void Record(string agentId, AgentRegistrationOutcome outcome, RequestOrigin origin)
    {
        var isRegistered = outcome is AgentRegistrationOutcome.Registered;
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = isRegistered ? EventKinds.AgentRegistered : EventKinds.AgentRefused,
            Outcome = isRegistered ? EventOutcome.Succeeded : EventOutcome.Refused,
            Code = outcome.Code,
            Subject = Subjects.OfAgent(agentId),
            Agent = agentId,
            TokenId = (outcome as AgentRegistrationOutcome.Registered)?.Agent.TokenId,
            Origin = origin,
            Detail = outcome.Describe(agentId),
        });
    }
}
