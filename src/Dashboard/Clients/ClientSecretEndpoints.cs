using Dashboard.Core.Clients;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Clients;

/// <summary>The secrets of one client in the API.</summary>
internal static class ClientSecretEndpoints
{
    /// <summary>Adds a secret to a client. It is shown this once.</summary>
    /// <remarks>The old one goes on, so that a client can change over.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Created<ClientJson>, ProblemResult>> AddAsync(
        string id,
        ClientLifetimeRequest body,
        HttpContext context,
        ClientAdministration administration,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfClientSecret);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await administration.AddSecretAsync(id, body.Length, body.Reason.Trim(), context.Actor(), cancellationToken))
        {
            case ClientUpdate.Changed { Client: var client } changed:
                await creation.MadeAsync(client.Secrets[^1].Id);
                return TypedResults.Created(
                    $"/dashboard/clients/{id}", ClientJson.Of(client, clock.GetUtcNow()) with { ClientSecret = changed.Secret });
            case var refused:
                return ClientAnswers.Refusal(refused);
        }
    }

    /// <summary>Deletes a secret of a client.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, Ok<ClientSecretTrialJson>, ProblemResult>> DeleteAsync(
        string id,
        string secretId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteSecretRequest? body,
        HttpContext context,
        ClientDirectory clients,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (ClientTrials.IsAsked(body?.DryRun is true, context.Request))
        {
            if (await clients.ReadAsync(id, cancellationToken) is not { Ended: null } client)
            {
                return ClientAnswers.Refusal(new ClientUpdate.Unknown());
            }

            var secret = client.Secrets.FirstOrDefault(secret => secret.Id == secretId);
            return TypedResults.Ok(new ClientSecretTrialJson(
                id, true, secretId, secret is not null, secret is not null && client.Needs(secret, clock.GetUtcNow())));
        }

        if (ClientReasons.Of(body, context.Request) is not { } reason)
        {
            return ClientReasons.Missing();
        }

        var force = body?.Force is true || (bool.TryParse(context.Request.Query["force"], out var asked) && asked);
        return await administration.DeleteSecretAsync(id, secretId, force, reason, context.Actor(), cancellationToken) switch
        {
            ClientUpdate.Changed changed => TypedResults.Ok(ClientJson.Of(changed.Client, clock.GetUtcNow())),
            ClientUpdate.Already already => TypedResults.Ok(ClientJson.Of(already.Client, clock.GetUtcNow())),
            var refused => ClientAnswers.Refusal(refused),
        };
    }
}
