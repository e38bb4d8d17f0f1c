using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

internal static class ApiDescriptionServices
{
    /// <summary>The name of the only document.</summary>
    public const string Document = "signet";

    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = new SchemaNames().Of;
            options.AddSchemaTransformer<SchemaRules>();
            options.AddOperationTransformer<ApiOperations>();
            options.AddDocumentTransformer<ApiFrame>();
        });
        return services.AddSingleton<ApiDocument>().AddHostedService<ApiDocumentMaker>();
    }
}
