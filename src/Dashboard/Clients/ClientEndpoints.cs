using Dashboard.Clients.Registration;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Clients;

/// <summary>Clients in the API: list, look at, register, change, export. A secret is in the answer that made it alone.</summary>
internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/clients").WithTags("Clients").RequireAntiforgeryForCookies();

        group.MapGet("/", ListAsync).WithName("ListClients").WithQuery(ClientQuery.Described).RequireAuthorization(Policies.ReadClients);
        group.MapGet("/export", ExportAsync).WithName("ExportClients").WithQuery(ClientQuery.Described).RequireAuthorization(Policies.Export);
        group.MapGet("/{id}", GetAsync).WithName("GetClient").RequireAuthorization(Policies.ReadClients);
        group.MapPost("/", CreateAsync).WithName("CreateClient").RequireAuthorization(Policies.ManageClients);
        group.MapPatch("/{id}", UpdateAsync).WithName("UpdateClient").RequireAuthorization(Policies.ManageClients);
        group.MapClientActs();
        routes.MapRegistrationPolicy();
        routes.MapInitialAccessTokens();
    }

    /// <summary>Lists clients.</summary>
    internal static async Task<Results<Ok<PageJson<ClientJson>>, ProblemResult>> ListAsync(
        HttpRequest request, ClientDirectory clients, TimeProvider clock, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var query = ClientQuery.Read(name => request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var page = await clients.ListAsync(query.ToFilter(), cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<ClientJson>.Of(page, client => ClientJson.Of(client, clock.GetUtcNow())));
    }

    /// <summary>Exports clients as a file.</summary>
    internal static async Task<Results<Export<ClientJson>, ProblemResult>> ExportAsync(
        HttpContext context,
        ClientDirectory clients,
        AuditLog audit,
        TimeProvider clock,
        string? format,
        string? reason,
        CancellationToken cancellationToken)
    {
        var query = ClientQuery.Read(name => context.Request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (ExportRules.RefusalOf(format, reason) is { } refusal)
        {
            return refusal;
        }

        await audit.RecordReadAsync(
            new AuditEntry(context.Actor(), "clients.exported", "clients", ClientsAddress.QueryOf(query), reason), cancellationToken);
        return ClientExport.Of(clients, query.ToFilter(), ExportRules.Parse(format)!.Value, clock);
    }

    /// <summary>Gives one client.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> GetAsync(
        string id, ClientDirectory clients, TimeProvider clock, CancellationToken cancellationToken) =>
        await clients.ReadAsync(id, cancellationToken) is { } client
            ? TypedResults.Ok(ClientJson.Of(client, clock.GetUtcNow()))
            : ClientAnswers.Refusal(new ClientUpdate.Unknown());

    /// <summary>Registers a client. Its secret is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<ClientJson>, ProblemResult>> CreateAsync(
        CreateClientRequest body,
        HttpContext context,
        ClientAdministration administration,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // Whoever registers a client vouches for it, unless they say otherwise.
        var draft = body.Over(new ClientDraft { Name = "", IsVerified = true }, out var faults) with
        {
            Lifetime = body.Lifetime is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfClient);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await administration.CreateAsync(draft, body.Reason?.Trim(), context.Actor(), cancellationToken))
        {
            case ClientCreation.Created { Client: var client } created:
                await creation.MadeAsync(client.Id);
                return TypedResults.Created($"/dashboard/clients/{client.Id}", ClientJson.Of(client, clock.GetUtcNow()) with
                {
                    ClientSecret = created.Secret,
                    RegistrationAccessToken = created.RegistrationToken,
                });
            case ClientCreation.Invalid invalid:
                return Problems.Invalid(invalid.Faults);
            case ClientCreation.IdTaken:
                return Problems.Create(ErrorCode.Conflict, "The client id that was chosen is taken. Try again.");
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    /// <summary>Changes a client.</summary>
    /// <remarks>
    /// Members that are left out stay as they are. The version that is sent must be the one that is stored: whoever was
    /// overtaken gets 409.
    /// </remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<ClientJson>, ProblemResult>> UpdateAsync(
        string id,
        UpdateClientRequest body,
        HttpContext context,
        ClientDirectory clients,
        ClientAdministration administration,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Enabled is not null == body.ChangesMetadata)
        {
            return Problems.Invalid(new ValidationError(
                "enabled", body.Enabled is null ? "is required, or something else to change" : "must be changed by itself"));
        }

        if (body.Enabled is { } isEnabled)
        {
            return ClientAnswers.Of(
                await administration.SetEnabledAsync(id, isEnabled, body.Reason.Trim(), context.Actor(), cancellationToken), clock);
        }

        if (body is { Verified: true, Version: null })
        {
            return ClientAnswers.VersionMissing("to vouch for a client");
        }

        // From the store: what stays as it is must be what is there, not what this node remembers.
        if (await clients.ReadAsync(id, cancellationToken) is not { Ended: null } client)
        {
            return ClientAnswers.Refusal(new ClientUpdate.Unknown());
        }

        if (body.Version is { } version && version != client.Version)
        {
            return ClientAnswers.Refusal(new ClientUpdate.Overtaken(client));
        }

        var draft = body.Over(ClientDraft.Of(client), out var faults);
        return faults is not []
            ? Problems.Invalid(faults)
            : ClientAnswers.Of(
                await administration.UpdateAsync(id, draft, client.Version, body.Reason.Trim(), context.Actor(), cancellationToken),
                clock);
    }
}
