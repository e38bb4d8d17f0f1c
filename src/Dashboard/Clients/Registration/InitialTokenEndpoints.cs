using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Clients.Registration;

/// <summary>Initial access tokens in the API. A token is in the answer that made it, and nowhere else.</summary>
internal static class InitialTokenEndpoints
{
    public static void MapInitialAccessTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/initial-access-tokens").WithTags("Clients").RequireAntiforgeryForCookies();

        group.MapGet("/", ListAsync).WithName("ListInitialAccessTokens").RequireAuthorization(Policies.ReadRegistration);
        group.MapPost("/", CreateAsync).WithName("CreateInitialAccessToken").RequireAuthorization(Policies.ManageClients);
        group.MapDelete("/{id}", RevokeAsync).WithName("RevokeInitialAccessToken").RequireAuthorization(Policies.ManageClients);
    }

    /// <summary>Lists the tokens that clients may register with.</summary>
    /// <remarks>All of them on one page: people make them one by one.</remarks>
    internal static async Task<Ok<PageJson<InitialTokenJson>>> ListAsync(
        InitialAccessTokens tokens, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await tokens.ListAsync(cancellationToken);
        InitialTokenJson[] items = [.. found.Select(token => InitialTokenJson.Of(token, clock.GetUtcNow()))];
        return TypedResults.Ok(new PageJson<InitialTokenJson>(items, null, items.Length, false));
    }

    /// <summary>Makes a token that clients may register with. It is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<InitialTokenJson>, ProblemResult>> CreateAsync(
        CreateInitialTokenRequest body,
        HttpContext context,
        InitialAccessTokens tokens,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfInitialAccessToken);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        TimeSpan? lifetime = body.Lifetime is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
        switch (await tokens.CreateAsync(body.Label.Trim(), body.Uses, lifetime, body.Reason?.Trim(), context.Actor(), cancellationToken))
        {
            case InitialAccessTokenCreation.Created created:
                await creation.MadeAsync(created.Token.Id);
                return TypedResults.Created(
                    $"/dashboard/initial-access-tokens/{created.Token.Id}",
                    InitialTokenJson.Of(created.Token, clock.GetUtcNow()) with { Token = created.Secret });
            case InitialAccessTokenCreation.Invalid invalid:
                return Problems.Invalid(invalid.Faults);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    /// <summary>Revokes a token for registering clients. Clients that registered with it stay.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<NoContent, Ok<InitialTokenTrialJson>, ProblemResult>> RevokeAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteClientRequest? body,
        HttpContext context,
        InitialAccessTokens tokens,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (ClientTrials.IsAsked(body?.DryRun is true, context.Request))
        {
            return (await tokens.ListAsync(cancellationToken)).FirstOrDefault(token => token.Id == id) is { } found
                ? TypedResults.Ok(new InitialTokenTrialJson(id, true, found.Label, found.IsUsableAt(clock.GetUtcNow())))
                : Unknown();
        }

        if (ClientReasons.Of(body, context.Request) is not { } reason)
        {
            return ClientReasons.Missing();
        }

        return await tokens.RevokeAsync(id, reason, context.Actor(), cancellationToken)
            ? TypedResults.NoContent()
            : Unknown();
    }

    private static ProblemResult Unknown() =>
        Problems.Create(ErrorCode.NotFound, "There is no initial access token with this id.");
}

/// <summary>Lets somebody register clients.</summary>
/// <param name="Label">What it is for.</param>
/// <param name="Uses">How many clients it registers; absent for any number.</param>
/// <param name="Lifetime">Seconds that it works; absent or 0 for ever.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateInitialTokenRequest(
    [property: Required, StringLength(200)] string Label,
    int? Uses,
    [property: Range(0, ClientLimits.LongestLifetimeSeconds)] long? Lifetime,
    [property: StringLength(500)] string? Reason);

/// <summary>What would be revoked. The clients that were registered with it stay.</summary>
/// <param name="Id">Which token.</param>
/// <param name="DryRun">Always true.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Usable">False where it registers no client any more as it is.</param>
internal sealed record InitialTokenTrialJson(string Id, bool DryRun, string Label, bool Usable);

/// <summary>An initial access token as the API shows it.</summary>
internal sealed record InitialTokenJson(
    string Id,
    string Label,
    bool Usable,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    int? Uses,
    int Used,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>Shown this once.</summary>
    public string? Token { get; init; }

    public static InitialTokenJson Of(InitialAccessToken token, DateTimeOffset now) => new(
        token.Id,
        token.Label,
        token.IsUsableAt(now),
        token.CreatedBy,
        token.CreatedAt,
        token.ExpiresAt,
        token.Uses,
        token.Used,
        token.LastUsedAt);

    /// <summary>Without the token.</summary>
    public override string ToString() => Id;
}
