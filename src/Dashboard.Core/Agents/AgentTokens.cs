using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Throttling;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>The tokens of agents: one for a key that lets them register, one for a registration, and its renewals.</summary>
public sealed class AgentTokens
{
    /// <summary>How long an agent may take to register.</summary>
    public static readonly TimeSpan TempLifetime = TimeSpan.FromMinutes(15);

    private const string Role = "agent";

    private readonly AgentKeyDirectory _keys;
    private readonly AgentDirectory _agents;
    private readonly AgentHeartbeats _uses;
    private readonly LoginThrottle _throttle;
    private readonly TokenIssuer _issuer;
    private readonly EventLog _events;
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;

    internal AgentTokens(
        AgentKeyDirectory keys,
        AgentDirectory agents,
        AgentHeartbeats uses,
        LoginThrottle throttle,
        TokenIssuer issuer,
        EventLog events,
        IOptions<AgentOptions> options,
        TimeProvider clock) =>
        (_keys, _agents, _uses, _throttle, _issuer, _events, _options, _clock) =
        (keys, agents, uses, throttle, issuer, events, options.Value, clock);

    /// <summary>Gives a token for registering to whoever has an agent key. Wrong keys slow their address down.</summary>
    /// <param name="agentId">Who is to register: an id as <see cref="AgentRules.IsId"/> knows them.</param>
    /// <param name="agentType">As what.</param>
    /// <param name="secret">The key's secret.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">Nothing was issued.</exception>
    public async Task<TempTokenOutcome> RequestTempAsync(
        string agentId, string agentType, string secret, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await _throttle.TryTakeAgentKeyAsync(origin.Ip, cancellationToken) is { } wait)
        {
            Refused(agentId, "RATE_LIMITED", "Too many wrong agent keys came from this address.", origin);
            return new TempTokenOutcome.Throttled(wait);
        }

        var now = _clock.GetUtcNow();
        if (_keys.FindBySecret(secret, now) is not { } key || key.StandingAt(now) is not AgentKeyStanding.Good)
        {
            Refused(agentId, "INVALID_AGENT_KEY", $"Agent {agentId} asked with a key that is wrong, disabled or expired.", origin);
            return new TempTokenOutcome.WrongKey();
        }

        await _throttle.GiveBackAgentKeyAsync(origin.Ip, cancellationToken);
        var type = agentType.ToLowerInvariant();
        if (!_options.Types.Contains(type, StringComparer.Ordinal))
        {
            return new TempTokenOutcome.Invalid(new FieldFault("agent_type", $"must be one of {string.Join(", ", _options.Types)}"));
        }

        if (!key.Allows(type))
        {
            Refused(agentId, "AGENT_REGISTRATION_FAILED", $"Key {key.Id} may not register agents of type {type}.", origin);
            return new TempTokenOutcome.TypeNotAllowed();
        }

        var request = RequestFor(TokenKind.AgentTemp, agentId, origin) with
        {
            Lifetime = TempLifetime,
            ExtraClaims = JsonSerializer.SerializeToElement(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [ClaimNames.AgentType] = type,
                [ClaimNames.TempRegistration] = true,
                [ClaimNames.AgentKey] = key.Id,
            }),
        };
        var issued = await IssueAsync(request, cancellationToken);
        _uses.RecordUse(key.Id, agentId);
        return new TempTokenOutcome.Granted(issued.Token, issued.Lifetime);
    }

    /// <summary>
    /// Gives a registered agent another token of the same registration. The one it has stays good until it expires by itself, so
    /// that an answer that is lost costs nothing; both end with the registration.
    /// </summary>
    /// <param name="token">An agent's token that was accepted.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the registration has ended since.</returns>
    public async Task<TokenIssueOutcome.Issued?> RenewAsync(
        AcceptedToken token, RequestOrigin origin, CancellationToken cancellationToken) =>
        await _agents.FindAsync(token.AgentId!, cancellationToken) is { } agent
            ? await IssueAsync(RequestFor(agent.Id, agent.Registration, agent.RegisteredAt, origin), cancellationToken)
            : null;

    /// <summary>The token of a new registration, whose row is written together with it.</summary>
    internal PreparedToken Prepare(string agentId, string registration, DateTimeOffset registeredAt, RequestOrigin origin) =>
        _issuer.Prepare(RequestFor(agentId, registration, registeredAt, origin), out var faults)
        ?? throw new InvalidOperationException($"The request for an agent's token was invalid: {string.Join(", ", faults)}.");

    /// <inheritdoc cref="TokenIssuer.Announce"/>
    internal TokenIssueOutcome.Issued Announce(PreparedToken token) => _issuer.Announce(token);

    private TokenRequest RequestFor(string agentId, string registration, DateTimeOffset registeredAt, RequestOrigin origin) =>
        RequestFor(TokenKind.Agent, agentId, origin) with
        {
            Scopes = ScopeText.Split(_options.Scopes),
            Lifetime = _options.TokenLifetime,
            Family = registration,

            // What was given before a cut-off cannot be renewed past it.
            GrantedAt = registeredAt,
        };

    private static TokenRequest RequestFor(TokenKind kind, string agentId, RequestOrigin origin) => new()
    {
        Kind = kind,
        Subject = Subjects.OfAgent(agentId),
        AgentId = agentId,
        Role = Role,
        Who = new Actor(Subjects.OfAgent(agentId), Role, origin.Ip),
        Origin = origin,
    };

    private async Task<TokenIssueOutcome.Issued> IssueAsync(TokenRequest request, CancellationToken cancellationToken) =>
        await _issuer.IssueAsync(request, cancellationToken) as TokenIssueOutcome.Issued
        ?? throw new InvalidOperationException("The request for an agent's token was invalid.");

    private void Refused(string agentId, string code, string detail, RequestOrigin origin) => _events.Record(new SecurityEvent
    {
        At = _clock.GetUtcNow(),
        Kind = EventKinds.AgentKeyRefused,
        Outcome = EventOutcome.Refused,
        Code = code,
        Subject = Subjects.OfAgent(agentId),
        Agent = agentId,
        Origin = origin,
        Detail = detail,
    });
}

/// <summary>What became of a request for a token to register with.</summary>
public abstract record TempTokenOutcome
{
    private TempTokenOutcome()
    {
    }

    /// <summary>Given.</summary>
    /// <param name="Token">The token, shown this once.</param>
    /// <param name="ExpiresIn">How long it lives.</param>
    public sealed record Granted(string Token, TimeSpan ExpiresIn) : TempTokenOutcome
    {
        /// <summary>Without the token.</summary>
        public override string ToString() => nameof(Granted);
    }

    /// <summary>There is no such key, or it may not be used: which, nobody learns.</summary>
    public sealed record WrongKey : TempTokenOutcome;

    public sealed record Throttled(TimeSpan Wait) : TempTokenOutcome;

    public sealed record TypeNotAllowed : TempTokenOutcome;

    public sealed record Invalid(FieldFault Fault) : TempTokenOutcome;
}
