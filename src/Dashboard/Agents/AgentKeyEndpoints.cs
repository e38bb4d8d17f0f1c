using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Agents;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Agents;

/// <summary>Agent keys in the API.</summary>
internal static class AgentKeyEndpoints
{
    /// <summary>Lists the keys that agents register with.</summary>
    /// <remarks>All of them on one page: people make them one by one.</remarks>
    internal static async Task<Ok<PageJson<AgentKeyJson>>> ListAsync(
        AgentKeys keys, AgentDirectory agents, TimeProvider clock, CancellationToken cancellationToken)
    {
        var holders = (await agents.ReadAsync(new AgentFilter(), cancellationToken)).ToDictionary(agent => agent.KeyId, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        AgentKeyJson[] items =
        [
            .. (await keys.ListAsync(cancellationToken)).Select(key => AgentKeyJson.Of(key, now) with
            {
                AgentId = holders.GetValueOrDefault(key.Id)?.Id,
            }),
        ];
        return TypedResults.Ok(new PageJson<AgentKeyJson>(items, null, items.Length, false));
    }

    /// <summary>Makes a key that one agent registers with. It is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<AgentKeyJson>, ProblemResult>> CreateAsync(
        CreateAgentKeyRequest body,
        HttpContext context,
        AgentKeys keys,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfAgentKey);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        TimeSpan? lifetime = body.Lifetime is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
        var draft = new AgentKeyDraft(
            body.Label.Trim(), lifetime, [.. (body.AgentTypes ?? []).Select(type => (type ?? "").ToLowerInvariant()).Distinct(StringComparer.Ordinal)]);
        switch (await keys.CreateAsync(draft, body.Reason?.Trim(), context.Actor(), cancellationToken))
        {
            case AgentKeyChange.Changed created:
                await creation.MadeAsync(created.Key.Id);
                return TypedResults.Created(
                    $"/dashboard/agent-keys/{created.Key.Id}",
                    AgentKeyJson.Of(created.Key, clock.GetUtcNow()) with { AgentKey = created.Secret });
            case var refused:
                return Refusal(refused);
        }
    }

    /// <summary>Switches a key on or off.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<AgentKeyJson>, ProblemResult>> SetEnabledAsync(
        string id,
        ChangeAgentKeyRequest body,
        HttpContext context,
        AgentKeys keys,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        await keys.SetEnabledAsync(id, body.Enabled!.Value, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            AgentKeyChange.Changed { Key: var key } => TypedResults.Ok(AgentKeyJson.Of(key, clock.GetUtcNow())),

            // Asked for twice is done once.
            AgentKeyChange.Already { Key: var key } => TypedResults.Ok(AgentKeyJson.Of(key, clock.GetUtcNow())),
            var refused => Refusal(refused),
        };

    /// <summary>Replaces a key. The new one is shown this once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<AgentKeyJson>, ProblemResult>> RotateAsync(
        string id,
        RotateAgentKeyRequest body,
        HttpContext context,
        AgentKeys keys,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfAgentKey);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        var overlap = body.Overlap is { } seconds ? TimeSpan.FromSeconds(seconds) : AgentKeys.DefaultOverlap;
        switch (await keys.RotateAsync(id, overlap, body.Reason.Trim(), context.Actor(), cancellationToken))
        {
            case AgentKeyChange.Changed changed:
                await creation.MadeAsync(id);
                return TypedResults.Ok(AgentKeyJson.Of(changed.Key, clock.GetUtcNow()) with { AgentKey = changed.Secret });
            case var refused:
                return Refusal(refused);
        }
    }

    /// <summary>Deletes a key and removes the agent that registered with it.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<NoContent, Ok<AgentKeyTrialJson>, ProblemResult>> DeleteAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] AgentDeletionRequest? body,
        HttpContext context,
        AgentKeys keys,
        AgentDirectory agents,
        CancellationToken cancellationToken)
    {
        if (AgentDeletions.IsTrial(body, context.Request))
        {
            var key = (await keys.ListAsync(cancellationToken)).FirstOrDefault(key => key.Id == id);
            var holder = (await agents.ReadAsync(new AgentFilter(), cancellationToken)).FirstOrDefault(agent => agent.KeyId == id);
            return key is null ? Refusal(new AgentKeyChange.Unknown()) : TypedResults.Ok(new AgentKeyTrialJson(
                id, true, key.Label, holder is null && key.Origin is AgentKeyOrigin.Operator, holder?.Id));
        }

        if (AgentDeletions.ReasonOf(body, context.Request) is not { } reason)
        {
            return AgentDeletions.ReasonMissing();
        }

        return await keys.DeleteAsync(id, reason, context.Actor(), cancellationToken) is var change and not AgentKeyChange.Deleted
            ? Refusal(change)
            : TypedResults.NoContent();
    }

    private static ProblemResult Refusal(AgentKeyChange change) => change switch
    {
        AgentKeyChange.Invalid { Faults: var faults } => Problems.Invalid(faults),
        AgentKeyChange.Unknown => Problems.Create(ErrorCode.NotFound, AgentRefusals.Describe(change)),
        _ => Problems.Create(ErrorCode.Conflict, AgentRefusals.Describe(change)),
    };
}

/// <summary>Lets one agent register.</summary>
/// <param name="Label">What it is for.</param>
/// <param name="Lifetime">Seconds that it works; absent or 0 for ever.</param>
/// <param name="AgentTypes">The types of agents that may register with it; absent for every allowed one.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateAgentKeyRequest(
    [property: Required, StringLength(100)] string Label,
    [property: Range(0, 315_360_000)] long? Lifetime,
    string?[]? AgentTypes,
    [property: StringLength(500)] string? Reason);

/// <summary>Keeps a key out, or lets it in again.</summary>
public sealed record ChangeAgentKeyRequest(
    [property: Required] bool? Enabled, [property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>Gives a key another secret.</summary>
/// <param name="Overlap">Seconds that the secret of before works on; absent for seven days.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record RotateAgentKeyRequest(
    [property: Range(0, 7_776_000)] long? Overlap, [property: Required, StringLength(500, MinimumLength = 3)] string Reason);
