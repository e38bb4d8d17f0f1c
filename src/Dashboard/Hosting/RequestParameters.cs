using Microsoft.Extensions.Primitives;

namespace Dashboard.Hosting;

/// <summary>Lets these parameters of an endpoint or page be given more than once.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AllowRepeatedAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}

/// <summary>
/// The endpoint looks at its form itself, or does not look at the body at all: nobody else reads it, whatever its type is.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OwnBodyAttribute : Attribute;

/// <summary>
/// Refuses parameters that are given twice, because a proxy and we could each believe another one. Runs after
/// authorization: nobody's form is read before they may send it.
/// </summary>
internal sealed class RequestParameters(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var problem = context.GetEndpoint() is { } endpoint && endpoint.IsMapped && !context.Request.IsFramework
            ? await CheckAsync(context.Request, endpoint, context.RequestAborted)
            : null;
        await (problem is null ? next(context) : Problems.WriteAsync(context, problem));
    }

    private static async Task<ProblemResult?> CheckAsync(
        HttpRequest request, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var allowed = endpoint.Metadata.GetMetadata<AllowRepeatedAttribute>()?.Names ?? [];
        var problem = Check(request.Query, allowed, "query");
        if (problem is not null && OAuthErrors.ApplyTo(request.HttpContext))
        {
            // These clients get nothing back of what they sent.
            return Problems.Create(ErrorCode.InvalidInput, "A parameter of the query is given more than once.");
        }

        return problem is null && request.HasFormContentType && endpoint.Metadata.GetMetadata<OwnBodyAttribute>() is null
            ? Check(await request.ReadFormAsync(cancellationToken), allowed, "form")
            : problem;
    }

    private static ProblemResult? Check(
        IEnumerable<KeyValuePair<string, StringValues>> parameters, IReadOnlyList<string> allowed, string place) =>
        parameters.FirstOrDefault(parameter => parameter.Value.Count > 1 && !allowed.Contains(parameter.Key)) is { Key: { } name }
            ? Problems.Create(ErrorCode.InvalidInput, $"The {place} parameter '{Shorten(name)}' is given more than once.")
            : null;

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}

internal static class RepeatedParameters
{
    /// <summary>Lets these parameters be given more than once.</summary>
    public static TBuilder AllowRepeated<TBuilder>(this TBuilder builder, params string[] names)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AllowRepeatedAttribute(names));

    /// <summary>Leaves the body to the endpoint.</summary>
    public static TBuilder WithOwnBody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnBodyAttribute());
}
