using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;

namespace Dashboard.Hosting;

/// <summary>
/// On endpoints of the OAuth family: refusals made outside of them (size, duplicate parameters, store, bugs) are answered
/// with the error object of RFC 6749 section 5.2 instead of problem details.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OAuthErrorsAttribute : Attribute;

internal static class OAuthErrors
{
    private const string StoreUnavailable =
        "The store cannot be reached at the moment, or did not confirm in time, so the request may or may not have been carried out. "
        + "Try again in a few seconds.";

    /// <summary>Gives refusals of these endpoints the shape that OAuth clients read.</summary>
    public static TBuilder WithOAuthErrors<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OAuthErrorsAttribute());

    /// <summary>True where the request is for such an endpoint, also after an exception, which takes the endpoint away.</summary>
    public static bool ApplyTo(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is RouteEndpoint endpoint
            ? endpoint.Metadata.GetMetadata<OAuthErrorsAttribute>() is not null
            : IsOfFamily(context.Request.Path);

    // RFC 6749 knows 400 for what the rest of our API answers with 422. A store that did not confirm a change may have made it:
    // what is good once may be used up, and a client must not be told that it is not.
    public static Task WriteAsync(HttpContext context, ProblemResult problem) => WriteAsync(
        context,
        problem.Status is 422 ? 400 : problem.Status,
        NameOf(problem),
        problem.Code is ErrorCode.StoreUnavailable ? StoreUnavailable : problem.Detail);

    /// <summary>Writes a refusal that only this family knows.</summary>
    public static Task WriteAsync(HttpContext context, int status, string error, string description)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new Answer(error, InAllowedCharacters(description), context.TraceIdentifier), Json.Options, context.RequestAborted);
    }

    // Where nothing is mapped: a wrong method, or what was refused before it was routed.
    private static bool IsOfFamily(PathString path) => path.StartsWithSegments("/oauth") || path.StartsWithSegments("/verify");

    // RFC 6749 section 5.2: visible ASCII and spaces, without the double quote and the backslash.
    private static string InAllowedCharacters(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var place = 0; place < span.Length; place++)
        {
            span[place] = source[place] switch
            {
                '"' or '\\' => '\'',
                >= ' ' and <= '~' and var sign => sign,
                _ => '?',
            };
        }
    });

    private static string NameOf(ProblemResult problem) => problem switch
    {
        { Code: ErrorCode.InsufficientScope } => "insufficient_scope",
        { Code: ErrorCode.StoreUnavailable or ErrorCode.RateLimited } => "temporarily_unavailable",
        { Status: >= 500 } => "server_error",
        { Status: 401 } when problem.Code.Kind == ProblemKind.AuthenticationFailed => "invalid_client",
        { Status: 401 } => "invalid_token",
        { Status: 403 } => "access_denied",
        _ => "invalid_request",
    };

    private sealed record Answer(
        string Error,
        [property: JsonPropertyName("error_description")] string Description,
        string RequestId);
}
