using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Arcp;

/// <summary>Agents register, say that they live, find each other, and go. Operators look at them and remove them.</summary>
internal static class AgentEndpoints
{
    private const string Own = "agent (self)";

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/agents").WithTags("ARCP").WithBudget(RequestBudget.Agents);

        group.MapPost("/register", RegisterAsync).WithName("RegisterAgent").RequireBearerOf(TokenKind.AgentTemp, TokenKind.Agent);

        var known = group.MapGroup("").RequireBearerOf(TokenKind.Agent, TokenKind.Operator);
        known.MapGet("", ListAsync).WithName("ListAgents").AllowRepeated("capabilities").WithQuery(
            new ApiValue("agent_type", "One type of agents; all of them without it."),
            new ApiValue("status", "Only those that live, or those that fell silent.") { Choices = ["alive", "dead"] },
            new ApiValue("capabilities", "Only agents that have one of these.") { Kind = ApiValueKind.Texts });
        known.MapGet("/{agentId}", GetAsync).WithName("GetAgent");
        known.MapDelete("/{agentId}", RemoveAsync).WithName("UnregisterAgent").WithQuery(
            new ApiValue("reason", "Why, for the audit log; for operators."));
        known.MapPost("/{agentId}/heartbeat", HeartbeatAsync).WithName("Heartbeat").WithOwnBody();
    }

    /// <summary>Registers an agent and gives it its token.</summary>
    /// <remarks>
    /// With a temporary token for the first time; with the agent’s own token again, which replaces it. One key registers
    /// one live agent.
    /// </remarks>
    [Refuses(ErrorCode.InsufficientRole, ErrorCode.DuplicateAgent, ErrorCode.AgentRegistrationFailed)]
    internal static async Task<Results<Ok<RegisterAgentAnswer>, ProblemResult>> RegisterAsync(
        RegisterAgentRequest body, HttpContext context, AgentRegistration registration, CancellationToken cancellationToken)
    {
        var token = context.AcceptedToken();
        if (body.AgentId is null)
        {
            return Problems.Invalid(new ValidationError("agent_id", "is required"));
        }

        if (body.AgentId != token.AgentId)
        {
            return Problems.Create(
                ErrorCode.InsufficientRole,
                "Agents can only register themselves",
                ("agent_id", token.AgentId),
                ("target_agent_id", body.AgentId),
                ("request_agent_id", body.AgentId));
        }

        var outcome = await registration.RegisterAsync(token, body.ToProfile(), context.Origin(), cancellationToken);
        return outcome switch
        {
            AgentRegistrationOutcome.Registered registered => TypedResults.Ok(new RegisterAgentAnswer(
                "success",
                outcome.Describe(body.AgentId),
                body.AgentId,
                registered.Token,
                "bearer",
                (long)registered.ExpiresIn.TotalSeconds)),
            AgentRegistrationOutcome.Invalid { Faults: var faults } => Problems.Invalid(faults),
            AgentRegistrationOutcome.Duplicate { Alive: var alive } => Problems.Create(
                outcome.Code!,
                outcome.Describe(body.AgentId),
                ("agent_id", body.AgentId),
                ("existing_agent_endpoint", alive.Profile.Endpoint),
                ("registration_timestamp", alive.RegisteredAt)),
            _ => Problems.Create(outcome.Code!, outcome.Describe(body.AgentId), ("agent_id", body.AgentId)),
        };
    }

    /// <summary>Lists the registered agents.</summary>
    /// <remarks>An array, as ARCP’s clients read it.</remarks>
    [Refuses(ErrorCode.InsufficientRole)]
    internal static async Task<Ok<AgentInfo[]>> ListAsync(
        HttpContext context, AgentDirectory agents, AccessControl access, CancellationToken cancellationToken)
    {
        DemandOfOperators(context, access, Right.ReadAgents);
        var query = context.Request.Query;
        var status = query["status"].ToString();
        if (status is not ("" or "alive" or "dead"))
        {
            // As ARCP's server: no agent has such a status.
            return TypedResults.Ok(Array.Empty<AgentInfo>());
        }

        var filter = new AgentFilter
        {
            Type = query["agent_type"].ToString() is { Length: > 0 } type ? type : null,
            IsAlive = status is "" ? null : status is "alive",
            Capabilities = [.. query["capabilities"].OfType<string>().Where(capability => capability.Length > 0)],
        };
        var aliveSince = agents.AliveSince;
        var found = await agents.ReadAsync(filter, cancellationToken);
        return TypedResults.Ok<AgentInfo[]>([.. found.Select(agent => AgentInfo.Of(agent, aliveSince))]);
    }

    /// <summary>Gives one agent.</summary>
    [Refuses(ErrorCode.AgentNotFound, ErrorCode.InsufficientRole)]
    internal static async Task<Results<Ok<AgentInfo>, ProblemResult>> GetAsync(
        string agentId, HttpContext context, AgentDirectory agents, AccessControl access, CancellationToken cancellationToken)
    {
        DemandOfOperators(context, access, Right.ReadAgents);
        return await FindAsync(agents, agentId, cancellationToken) is { } agent
            ? TypedResults.Ok(AgentInfo.Of(agent, agents.AliveSince))
            : NotFound(agentId);
    }

    /// <summary>Unregisters an agent.</summary>
    /// <remarks>An agent may unregister itself, an administrator any.</remarks>
    [Refuses(ErrorCode.AgentNotFound, ErrorCode.InsufficientRole)]
    internal static async Task<Results<Ok<UnregisterAgentAnswer>, ProblemResult>> RemoveAsync(
        string agentId, HttpContext context, AgentRemoval removal, AccessControl access, CancellationToken cancellationToken)
    {
        DemandOfOperators(context, access, Right.ManageAgents);
        var caller = context.AcceptedToken();
        if (caller.Kind is TokenKind.Agent)
        {
            return caller.AgentId != agentId ? Foreign(caller.AgentId!, agentId, "Agents can only unregister themselves")
                : await removal.LeaveAsync(agentId, cancellationToken) ? Removed(agentId, Own)
                : NotFound(agentId);
        }

        var reason = context.Request.Query["reason"].ToString() is { Length: > 0 and <= 500 } given ? given : "Unregistered at the API.";
        return AgentRules.IsId(agentId) && await removal.RemoveAsync(agentId, reason, context.Actor(), cancellationToken)
            ? Removed(agentId, $"admin ({context.Actor().Name})")
            : NotFound(agentId);
    }

    /// <summary>Says that an agent is alive.</summary>
    /// <remarks>Agents that are not heard of for a while are shown as dead.</remarks>
    [Refuses(ErrorCode.AgentNotFound, ErrorCode.InsufficientRole)]
    internal static async Task<Results<Ok<HeartbeatAnswer>, ProblemResult>> HeartbeatAsync(
        string agentId,
        HttpContext context,
        AgentDirectory agents,
        AgentHeartbeats heartbeats,
        AccessControl access,
        CancellationToken cancellationToken)
    {
        DemandOfOperators(context, access, Right.ManageAgents);
        var caller = context.AcceptedToken();
        if (caller.Kind is TokenKind.Agent && caller.AgentId != agentId)
        {
            return Foreign(caller.AgentId!, agentId, "Agents can only update their own heartbeat");
        }

        // From memory: the check of the token has just looked.
        return AgentRules.IsId(agentId) && await agents.FindAsync(agentId, cancellationToken) is not null
            ? TypedResults.Ok(new HeartbeatAnswer(agentId, "success", heartbeats.Record(agentId), null))
            : NotFound(agentId);
    }

    private static Task<Agent?> FindAsync(AgentDirectory agents, string agentId, CancellationToken cancellationToken) =>
        AgentRules.IsId(agentId) ? agents.ReadAsync(agentId, cancellationToken) : Task.FromResult<Agent?>(null);

    private static void DemandOfOperators(HttpContext context, AccessControl access, Right right)
    {
        if (context.AcceptedToken().Kind is TokenKind.Operator)
        {
            access.Demand(context.Actor(), right);
        }
    }

    private static Results<Ok<UnregisterAgentAnswer>, ProblemResult> Removed(string agentId, string by) => TypedResults.Ok(
        new UnregisterAgentAnswer("success", $"Agent {agentId} unregistered successfully", by));

    private static ProblemResult Foreign(string agentId, string target, string detail) => Problems.Create(
        ErrorCode.InsufficientRole, detail, ("agent_id", agentId), ("target_agent_id", target));

    private static ProblemResult NotFound(string agentId) => AgentRules.IsId(agentId)
        ? Problems.Create(ErrorCode.AgentNotFound, $"Agent {agentId} not found", ("agent_id", agentId))
        : Problems.Create(ErrorCode.AgentNotFound, "No agent has such an id.");
}
