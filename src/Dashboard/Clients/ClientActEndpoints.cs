using Dashboard.Core.Clients;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Clients;

/// <summary>What is done to one client in the API: its secrets, its registration's life, and its end.</summary>
internal static class ClientActEndpoints
{
    public static void MapClientActs(this RouteGroupBuilder clients)
    {
        var group = clients.MapGroup("/{id}").RequireAuthorization(Policies.ManageClients);

        group.MapDelete("/", DeleteAsync).WithName("DeleteClient");
        group.MapPost("/secrets", AddSecretAsync).WithName("AddClientSecret");
        group.MapDelete("/secrets/{secretId}", DeleteSecretAsync).WithName("DeleteClientSecret");
        group.MapPost("/renewal", RenewAsync).WithName("RenewClient");
        group.MapPost("/approval", ApproveAsync).WithName("ApproveClient");
        group.MapPost("/registration-token", NewRegistrationTokenAsync).WithName("RenewRegistrationToken");
    }

    internal static async Task<Results<Ok<ClientJson>, Ok<ClientDeletionTrialJson>, ProblemResult>> DeleteAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteClientRequest? body,
        HttpContext context,
        ClientDirectory clients,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body?.DryRun is true || IsTrue(context.Request, "dry_run"))
        {
            if (await clients.FindAsync(id, cancellationToken) is not { Ended: null })
            {
                return ClientAnswers.Refusal(new ClientUpdate.Unknown());
            }

            var preview = await administration.PreviewDeletionAsync(id, cancellationToken);
            return TypedResults.Ok(new ClientDeletionTrialJson(
                id, true, preview.Tokens, preview.Subjects, preview.IsCapped, preview.LastExpiryAt));
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

    internal static async Task<Results<Created<ClientJson>, ProblemResult>> AddSecretAsync(
        string id,
        ClientLifetimeRequest body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        await administration.AddSecretAsync(id, body.Length, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            ClientUpdate.Changed changed => TypedResults.Created(
                $"/dashboard/clients/{id}", ClientJson.Of(changed.Client, clock.GetUtcNow()) with { ClientSecret = changed.Secret }),
            var refused => ClientAnswers.Refusal(refused),
        };

    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> DeleteSecretAsync(
        string id,
        string secretId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteClientRequest? body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        ClientReasons.Of(body, context.Request) is { } reason
            ? ClientAnswers.Of(
                await administration.DeleteSecretAsync(
                    id, secretId, body?.Force is true || IsTrue(context.Request, "force"), reason, context.Actor(), cancellationToken),
                clock)
            : ClientReasons.Missing();

    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> RenewAsync(
        string id,
        ClientLifetimeRequest body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) => ClientAnswers.Of(
            await administration.RenewAsync(id, body.Length, body.Reason.Trim(), context.Actor(), cancellationToken), clock);

    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> ApproveAsync(
        string id,
        ClientApprovalRequest body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) => ClientAnswers.Of(
            body.Approved is true
                ? await administration.ApproveAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken)
                : await administration.RejectAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken),
            clock);

    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> NewRegistrationTokenAsync(
        string id,
        ClientReasonRequest body,
        HttpContext context,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        await administration.NewRegistrationTokenAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            ClientUpdate.Changed changed => TypedResults.Ok(
                ClientJson.Of(changed.Client, clock.GetUtcNow()) with { RegistrationAccessToken = changed.Secret }),
            var refused => ClientAnswers.Refusal(refused),
        };

    private static bool IsTrue(HttpRequest request, string name) => bool.TryParse(request.Query[name], out var value) && value;
}
