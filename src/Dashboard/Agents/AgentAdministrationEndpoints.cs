using Dashboard.Core.Agents;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Agents;

/// <summary>Agents and agent keys in the management API. A key is in the answer that made it, and nowhere else.</summary>
internal static class AgentAdministrationEndpoints
{
    public static void MapAgentAdministration(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/dashboard/agents").WithTags("Agents").RequireAntiforgeryForCookies();
        agents.MapGet("/", ListAsync).WithName("ListRegisteredAgents").WithQuery(AgentQuery.Described).RequireAuthorization(Policies.ReadAgents);
        agents.MapDelete("/{id}", RemoveAsync).WithName("RemoveAgent").RequireAuthorization(Policies.ManageAgents);

        var keys = routes.MapGroup("/dashboard/agent-keys").WithTags("Agents").RequireAntiforgeryForCookies();
        keys.MapGet("/", AgentKeyEndpoints.ListAsync).WithName("ListAgentKeys").RequireAuthorization(Policies.ReadAgents);
        keys.MapPost("/", AgentKeyEndpoints.CreateAsync).WithName("CreateAgentKey").RequireAuthorization(Policies.ManageAgents);
        keys.MapPatch("/{id}", AgentKeyEndpoints.SetEnabledAsync).WithName("ChangeAgentKey").RequireAuthorization(Policies.ManageAgents);
        keys.MapPost("/{id}/rotation", AgentKeyEndpoints.RotateAsync).WithName("RotateAgentKey").RequireAuthorization(Policies.ManageAgents);
        keys.MapDelete("/{id}", AgentKeyEndpoints.DeleteAsync).WithName("DeleteAgentKey").RequireAuthorization(Policies.ManageAgents);
    }

    /// <summary>Lists the registered agents.</summary>
    internal static async Task<Results<Ok<PageJson<AgentJson>>, ProblemResult>> ListAsync(
        HttpContext context, AgentDirectory agents, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var query = AgentQuery.Read(name => context.Request.Query[name].ToString(), out var faults);
        if (limit is < 1 or > PageLimit.Largest)
        {
            faults = [.. faults, new FieldFault("limit", $"must be between 1 and {PageLimit.Largest}")];
        }

        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        var aliveSince = agents.AliveSince;
        var page = await agents.ListAsync(query.ToFilter(), cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<AgentJson>.Of(page, agent => AgentJson.Of(agent, aliveSince)));
    }

    /// <summary>Removes an agent: its tokens stop working at once.</summary>
    /// <remarks>The agent may register again, unless its key is switched off or deleted.</remarks>
    [Refuses(ErrorCode.AgentNotFound)]
    internal static async Task<Results<Ok<RemovedAgentJson>, ProblemResult>> RemoveAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] AgentDeletionRequest? body,
        HttpContext context,
        AgentDirectory agents,
        AgentRemoval removal,
        CancellationToken cancellationToken)
    {
        if (AgentDeletions.IsTrial(body, context.Request))
        {
            return await agents.ReadAsync(id, cancellationToken) is not null
                ? TypedResults.Ok(new RemovedAgentJson(id, true))
                : Unknown(id);
        }

        return AgentDeletions.ReasonOf(body, context.Request) is not { } reason ? AgentDeletions.ReasonMissing()
            : await removal.RemoveAsync(id, reason, context.Actor(), cancellationToken) ? TypedResults.Ok(new RemovedAgentJson(id, false))
            : Unknown(id);
    }

    private static ProblemResult Unknown(string id) =>
        Problems.Create(ErrorCode.AgentNotFound, "There is no agent with this id.", ("agent_id", AgentRules.IsId(id) ? id : null));
}
