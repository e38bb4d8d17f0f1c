using Microsoft.AspNetCore.Diagnostics;

namespace Dashboard.Hosting;

/// <summary>
/// Problem details of these endpoints say what is wrong in a member <c>error</c>, too: that is where programs look that were written
/// for a simpler server.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ErrorMemberAttribute : Attribute;

internal static class ErrorMember
{
    public const string Name = "error";

    /// <summary>Adds the member to every refusal of these endpoints, wherever it is made.</summary>
    public static TBuilder WithErrorMember<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ErrorMemberAttribute());

    /// <summary>True where the request is for such an endpoint, also after an exception, which takes the endpoint away.</summary>
    public static bool AppliesTo(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata
            .GetMetadata<ErrorMemberAttribute>() is not null;
}
