using Microsoft.Net.Http.Headers;

namespace Dashboard.Hosting;

/// <summary>
/// Endpoints that pages of any origin may call: everything that they need for it, a client's credentials or none, is in the
/// request itself, and no browser adds cookies to it.
/// </summary>
internal static class PublicCors
{
    private const string Policy = nameof(PublicCors);

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static IServiceCollection AddPublicCors(this IServiceCollection services) =>
        services.AddCors(options => options.AddPolicy(Policy, policy => policy
            .AllowAnyOrigin()
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
            .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType)
            .WithExposedHeaders(HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter, RequestIds.Header)
            .SetPreflightMaxAge(Remembered)));

    /// <summary>Lets pages of any origin call these endpoints, and answers what browsers ask before they do.</summary>
    public static TBuilder WithPublicCors<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireCors(Policy);
}
