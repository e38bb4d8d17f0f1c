using Dashboard.Core.Clients;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Clients;

/// <summary>What is done to one client in the API: its registration's life, and its end.</summary>
internal static class ClientActEndpoints
{
    public static void MapClientActs(this RouteGroupBuilder clients)
    {
        var group = clients.MapGroup("/{id}").RequireAuthorization(Policies.ManageClients);

        group.MapDelete("/", DeleteAsync).WithName("DeleteClient");
        group.MapPost("/secrets", ClientSecretEndpoints.AddAsync).WithName("AddClientSecret");
        group.MapDelete("/secrets/{secretId}", ClientSecretEndpoints.DeleteAsync).WithName("DeleteClientSecret");
        group.MapPost("/renewal", RenewAsync).WithName("RenewClient");
        group.MapPost("/approval", ApproveAsync).WithName("ApproveClient");
        group.MapPost("/registration-token", NewRegistrationTokenAsync).WithName("RenewRegistrationToken");
    }

    /// <summary>Deletes a client: its tokens stop working at once.</summary>
    /// <remarks>With dry_run it says how many tokens that would reach.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, Ok<ClientDeletionTrialJson>, ProblemResult>> DeleteAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteClientRequest? body,
        HttpContext context,
        ClientDirectory clients,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (ClientTrials.IsAsked(body?.DryRun is true, context.Request))
        {
            return await clients.ReadAsync(id, cancellationToken) is { Ended: null }
                ? TypedResults.Ok(await TryAsync(id, administration, cancellationToken))
                : ClientAnswers.Refusal(new ClientUpdate.Unknown());
        }

        if (ClientReasons.Of(body, context.Request) is not { } reason)
        {
            return ClientReasons.Missing();
        }

        return await administration.DeleteAsync(id, reason, context.Actor(), cancellationToken) switch
        {
            ClientUpdate.Changed changed => TypedResults.Ok(ClientJson.Of(changed.Client, clock.GetUtcNow())),
            var refused => ClientAnswers.Refusal(refused),
        };
    }

    /// <summary>Gives a registration more time.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> RenewAsync(
        string id,
        ClientLifetimeRequest body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) => ClientAnswers.Of(
            await administration.RenewAsync(id, body.Length, body.Reason.Trim(), context.Actor(), cancellationToken), clock);

    /// <summary>Decides about a client that registered itself: approves it, or turns it away.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, Ok<ClientDeletionTrialJson>, ProblemResult>> ApproveAsync(
        string id,
        ClientApprovalRequest body,
        HttpContext context,
        ClientDirectory clients,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (isTrial, reason, who) = (ClientTrials.IsAsked(body.DryRun, context.Request), body.Reason.Trim(), context.Actor());
        switch (body)
        {
            case { Approved: true } when isTrial:
                return Problems.Invalid(new ValidationError("dry_run", "is for rejections: an approval takes nothing along"));
            case { Approved: true, Version: null }:
                return ClientAnswers.VersionMissing("to approve a client");
            case { Approved: true, Version: { } version }:
                return Answer(await administration.ApproveAsync(id, version, reason, who, cancellationToken));
            case var _ when isTrial:
                return await clients.ReadAsync(id, cancellationToken) switch
                {
                    { Ended: null, State: ClientState.Pending } => TypedResults.Ok(await TryAsync(id, administration, cancellationToken)),
                    { Ended: null } other => ClientAnswers.Refusal(new ClientUpdate.NotWaiting(other)),
                    _ => ClientAnswers.Refusal(new ClientUpdate.Unknown()),
                };
            default:
                return Answer(await administration.RejectAsync(id, reason, who, cancellationToken));
        }

        Results<Ok<ClientJson>, Ok<ClientDeletionTrialJson>, ProblemResult> Answer(ClientUpdate update) => update switch
        {
            ClientUpdate.Changed { Client: var client } => TypedResults.Ok(ClientJson.Of(client, clock.GetUtcNow())),
            ClientUpdate.Already { Client: var client } => TypedResults.Ok(ClientJson.Of(client, clock.GetUtcNow())),
            var refused => ClientAnswers.Refusal(refused),
        };
    }

    /// <summary>Replaces the token that a client manages its registration with. It is shown this once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> NewRegistrationTokenAsync(
        string id,
        ClientReasonRequest body,
        HttpContext context,
        ClientAdministration administration,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(
            context, body, cancellationToken, RepeatedCreation.OfRegistrationToken);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await administration.NewRegistrationTokenAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken))
        {
            case ClientUpdate.Changed changed:
                await creation.MadeAsync(id);
                return TypedResults.Ok(
                    ClientJson.Of(changed.Client, clock.GetUtcNow()) with { RegistrationAccessToken = changed.Secret });
            case var refused:
                return ClientAnswers.Refusal(refused);
        }
    }

    private static async Task<ClientDeletionTrialJson> TryAsync(
        string id, ClientAdministration administration, CancellationToken cancellationToken) =>
        ClientDeletionTrialJson.Of(id, await administration.PreviewDeletionAsync(id, cancellationToken));
}
