using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Clients.Registration;

/// <summary>Who may register clients, in the API.</summary>
internal static class RegistrationEndpoints
{
    public static void MapRegistrationPolicy(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/registration-policy").WithTags("Clients").RequireAntiforgeryForCookies();

        group.MapGet("/", GetAsync).WithName("GetRegistrationPolicy").RequireAuthorization(Policies.ReadRegistration);
        group.MapPut("/", ChangeAsync).WithName("ChangeRegistrationPolicy").RequireAuthorization(Policies.ManageClients);
    }

    /// <summary>Tells who may register clients.</summary>
    internal static async Task<Ok<RegistrationPolicyJson>> GetAsync(RegistrationPolicies policies, CancellationToken cancellationToken) =>
        TypedResults.Ok(RegistrationPolicyJson.Of(await policies.GetAsync(cancellationToken)));

    /// <summary>Decides who may register clients.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RegistrationPolicyJson>, ProblemResult>> ChangeAsync(
        RegistrationPolicyRequest body, HttpContext context, RegistrationPolicies policies, CancellationToken cancellationToken)
    {
        if (RegistrationModes.Parse(body.Mode) is not { } mode)
        {
            return Problems.Invalid(new ValidationError("mode", $"must be one of {string.Join(", ", RegistrationModes.All)}"));
        }

        var policy = new RegistrationPolicy
        {
            Mode = mode,
            ClientLifetime = body.ClientLifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            AllowedScopes = body.Scopes ?? [],
            Version = body.Version ?? (await policies.GetAsync(cancellationToken)).Version,
        };
        return await policies.ChangeAsync(policy, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            RegistrationPolicyChange.Changed changed => TypedResults.Ok(RegistrationPolicyJson.Of(changed.Policy)),
            RegistrationPolicyChange.Invalid invalid => Problems.Invalid(invalid.Faults),
            RegistrationPolicyChange.Overtaken overtaken => Problems.Create(
                ErrorCode.Conflict,
                "Somebody else changed the policy since it was read. Nothing was changed: look at it as it is now, then try again.",
                ("version", overtaken.Policy.Version)),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }
}

/// <summary>Who may register clients, and what they get.</summary>
/// <param name="Mode"><c>off</c>, <c>token</c>, <c>approval</c> or <c>open</c>.</param>
/// <param name="ClientLifetime">Seconds that a registration lives; 0 for ever, null for the deployment's.</param>
/// <param name="Scopes">What they may have at most.</param>
/// <param name="Version">The version that the change is meant for; absent for whatever is stored.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record RegistrationPolicyRequest(
    [property: Required] string Mode,
    [property: Range(0, ClientLimits.LongestLifetimeSeconds)] long? ClientLifetime,
    IReadOnlyList<string>? Scopes,
    long? Version,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>The policy as it is.</summary>
internal sealed record RegistrationPolicyJson(string Mode, long? ClientLifetime, IReadOnlyList<string> Scopes, long Version)
{
    public static RegistrationPolicyJson Of(RegistrationPolicy policy) =>
        new(policy.Mode.Name, (long?)policy.ClientLifetime?.TotalSeconds, policy.AllowedScopes, policy.Version);
}
