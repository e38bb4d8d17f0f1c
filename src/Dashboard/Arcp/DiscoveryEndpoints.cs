using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Dashboard.Arcp;

/// <summary>What ARCP's clients ask before they do anything: where things are, and whether they work.</summary>
internal static class DiscoveryEndpoints
{
    private const string Service = "Signet";

    public static void MapArcpDiscovery(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("ARCP").AllowAnonymous();

        group.MapGet("/.well-known/arcp-configuration", GetConfiguration).WithName("ArcpConfiguration");
        group.MapGet(Health.ArcpPath, GetHealthAsync).WithName("Health");
    }

    /// <summary>Tells ARCP’s clients where things are.</summary>
    internal static Ok<ArcpConfiguration> GetConfiguration(IOptions<SignetOptions> signet, KeyRing keys)
    {
        var issuer = signet.Value.Issuer;
        var root = issuer.TrimEnd('/');
        return TypedResults.Ok(new ArcpConfiguration(
            issuer,
            $"{root}/.well-known/jwks.json",
            $"{root}/auth/agent/request_temp_token",
            $"{root}/auth/validate",
            $"{root}/agents/register",
            ["client_secret_post"],
            [keys.Current.Algorithm.ToString()],
            ["token"],
            ["client_credentials"],
            false,
            ProgramVersion.Text));
    }

    /// <summary>Says whether the server works, as ARCP’s clients ask.</summary>
    /// <remarks>200 either way: /readyz says it by its status.</remarks>
    internal static async Task<Ok<ArcpHealth>> GetHealthAsync(
        HealthCheckService checks, TimeProvider clock, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return TypedResults.Ok(new ArcpHealth(
            report.Status is HealthStatus.Healthy ? "healthy" : "degraded", Service, ProgramVersion.Text, clock.GetUtcNow()));
    }
}

/// <summary>The document at <c>/.well-known/arcp-configuration</c>: only what is true.</summary>
internal sealed record ArcpConfiguration(
    string Issuer,
    string JwksUri,
    string TokenEndpoint,
    string ValidationEndpoint,
    string RegistrationEndpoint,
    IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    IReadOnlyList<string> IdTokenSigningAlgValuesSupported,
    IReadOnlyList<string> ResponseTypesSupported,
    IReadOnlyList<string> GrantTypesSupported,
    bool ThreePhaseRegistrationEnabled,
    string ServiceVersion);

internal sealed record ArcpHealth(string Status, string Service, string Version, DateTimeOffset Timestamp);
