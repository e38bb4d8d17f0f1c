using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>The description of the API as it is served: made once, and kept.</summary>
internal sealed class ApiDocument
{
    public const string Path = "/openapi.json";

    private readonly Lazy<Task<byte[]>> _bytes;

    public ApiDocument([FromKeyedServices(ApiDescriptionServices.Document)] IOpenApiDocumentProvider provider) =>
        _bytes = new Lazy<Task<byte[]>>(() => WriteAsync(provider));

    /// <summary>The document in UTF-8.</summary>
    public Task<byte[]> ReadAsync() => _bytes.Value;

    // Nobody's request is waited for alone: the first that asks makes it for all.
    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None));
    }
}

/// <summary>The description of the API, for people who may log in: what is offered to administrators is nothing for strangers.</summary>
internal static class ApiDescriptionEndpoint
{
    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes
        .MapGet(ApiDocument.Path, GetAsync)
        .WithTags("Description")
        .WithName("ApiDescription")
        .Produces<object>(StatusCodes.Status200OK, "application/json")
        .RequireAuthorization();

    /// <summary>Gives this document.</summary>
    internal static async Task<FileContentHttpResult> GetAsync(ApiDocument document) =>
        TypedResults.File(await document.ReadAsync(), "application/json");
}
