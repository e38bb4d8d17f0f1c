using System.Globalization;
using System.Security.Claims;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;

namespace Dashboard.Hosting;

/// <summary>What the core wants to know of a request.</summary>
internal static class RequestFacts
{
    private const int LongestUserAgent = 300;

    // What follows is the secret of a link, and an event of a refused request is kept and read by others.
    private static readonly string[] BeforeSecrets = ["/shared/", "/dashboard/shared/"];

    /// <summary>Where the request came from, with the reference under which it can be found again.</summary>
    public static RequestOrigin Origin(this HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new RequestOrigin(
            context.TraceIdentifier,
            context.Connection.RemoteIpAddress?.ToString(),
            agent is "" ? null : agent[..Math.Min(agent.Length, LongestUserAgent)],
            $"{context.Request.Method} {WithoutSecret(context.Request.Path)}");
    }

    private static string WithoutSecret(string path) =>
        Array.Find(BeforeSecrets, before => path.StartsWith(before, StringComparison.OrdinalIgnoreCase)) is { } kept ? kept + "…" : path;

    /// <summary>The fingerprint header; null where it is missing, empty or given twice.</summary>
    public static string? SingleFingerprint(this HttpRequest request) =>
        request.Headers[Problems.FingerprintHeader] is [{ Length: > 0 } fingerprint] ? fingerprint : null;

    /// <summary>Who makes the request; only for endpoints that require an operator.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.User.Actor(context.Connection.RemoteIpAddress?.ToString());

    /// <summary>The operator's role; null where they have none.</summary>
    public static string? Role(this ClaimsPrincipal user) => user.FindFirstValue(SignetClaims.Role);

    /// <summary>The operator as the audit log names them.</summary>
    public static Actor Actor(this ClaimsPrincipal user, string? ip) => new(
        user.Identity?.Name ?? throw new InvalidOperationException("Nobody is logged in."),
        // Never null: only Signet itself and commands have no role.
        user.FindFirstValue(SignetClaims.Role) ?? "",
        ip,
        user.FindFirstValue(SignetClaims.Session))
    {
        ProvenAt = user.FindFirstValue(SignetClaims.Proof) is { } proof
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(proof, CultureInfo.InvariantCulture))
            : null,
    };
}
