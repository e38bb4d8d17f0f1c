using System.Globalization;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The member's name as the caller wrote it; <c>body</c> for the body as a whole.</param>
/// <param name="Message">What was expected, in words that follow the name: "must be a string", "is required".</param>
internal sealed record ValidationError(string Field, string Message);

/// <summary>
/// A refusal as an answer: problem details (RFC 9457), or the OAuth error object where the endpoint belongs to that family.
/// Made by <see cref="Problems"/>.
/// </summary>
internal sealed class ProblemResult(ErrorCode code, string detail, IReadOnlyList<(string Name, object? Value)> members)
    : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public ErrorCode Code => code;

    public string Detail => detail;

    public IReadOnlyList<(string Name, object? Value)> Members => members;

    /// <summary>The kind's status, unless this answer has one of its own (415 is an invalid input, too).</summary>
    public int Status { get; init; } = code.Kind.Status;

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>True where code and members tell what is wrong with a token, which hardening may hide.</summary>
    public bool TellsOfToken { get; init; }

    /// <summary>How often something may be done, and when it may be done again; null where this is no such refusal.</summary>
    public (int Limit, DateTimeOffset ResetsAt)? RateLimit { get; init; }

    /// <summary>The same refusal with another status.</summary>
    public ProblemResult WithStatus(int status) =>
        new(code, detail, members) { Status = status, TellsOfToken = TellsOfToken, RateLimit = RateLimit };

    /// <summary>The same refusal with the limit that was reached.</summary>
    public ProblemResult WithRateLimit(int limit, DateTimeOffset resetsAt) =>
        new(code, detail, members) { Status = Status, TellsOfToken = TellsOfToken, RateLimit = (limit, resetsAt) };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Nothing can be refused any more in the middle of an answer.
        if (httpContext.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        return ShownTo(httpContext).WriteAsync(httpContext);
    }

    /// <summary>What this caller may hear of the refusal: less than there is to say where hardening asks for it.</summary>
    public ProblemResult ShownTo(HttpContext context) => TellsOfToken && MustHide(context) ? Problems.AnyTokenRefusal : this;

    private static bool MustHide(HttpContext context) =>
        context.User.Identity is not { IsAuthenticated: true }
        && context.RequestServices.GetRequiredService<IOptions<HostingOptions>>().Value.GenericTokenRefusals;

    private Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        BearerChallenge.Add(response, code, Status);
        if (members.FirstOrDefault(member => member.Name == Problems.RetryAfter).Value is int seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (RateLimit is var (limit, resetsAt))
        {
            response.Headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-RateLimit-Remaining"] = "0";
            response.Headers["X-RateLimit-Reset"] = resetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        return OAuthErrors.ApplyTo(context)
            ? OAuthErrors.WriteAsync(context, this)
            : response.WriteAsJsonAsync(Body(context), Json.Options, ContentType, context.RequestAborted);
    }

    private OrderedDictionary<string, object?> Body(HttpContext context)
    {
        var signet = context.RequestServices.GetRequiredService<IOptions<SignetOptions>>().Value;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var body = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = $"{(signet.ProblemBase ?? signet.Issuer).TrimEnd('/')}/docs/problems/{code.Kind.Slug}",
            ["title"] = code.Kind.Title,
            ["status"] = Status,
            ["detail"] = detail,
            ["instance"] = PathOf(context),
            ["timestamp"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["request_id"] = context.TraceIdentifier,
            ["error_code"] = code.Name,
        };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            body[name] = value is DateTimeOffset time ? Problems.Iso(time) : value;
        }

        if (ErrorMember.AppliesTo(context))
        {
            body[ErrorMember.Name] = detail;
        }

        return body;
    }

    // The path that was asked for, not the one of the page that an error is shown on.
    private static string PathOf(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } reExecuted
            ? new PathString(reExecuted.OriginalPath).ToUriComponent()
            : context.Request.PathBase.Add(context.Request.Path).ToUriComponent();
}
