using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>The answers of an operation: those of which there are several kinds with one status, and the refusals.</summary>
internal static class ApiAnswers
{
    /// <summary>Which codes a refusal can have, for programs and for our own page.</summary>
    public const string CodesMember = "x-error-codes";

    // Whoever is not logged in hears the same everywhere: it stands in the document once.
    private const string Unauthorized = "Unauthorized";
    private const string UnauthorizedStatus = "401";

    public static async Task DescribeAsync(
        OpenApiOperation operation,
        IReadOnlyCollection<object> metadata,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var several = metadata.OfType<IProducesResponseTypeMetadata>()
            .Where(answer => answer.Type is not null && answer.Type != typeof(void))
            .GroupBy(answer => answer.StatusCode, answer => answer.Type!)
            .Where(answers => answers.Distinct().Skip(1).Any());
        foreach (var answers in several)
        {
            await ChooseAsync(operation, answers.Key, [.. answers.Distinct()], context, cancellationToken);
        }

        var isOAuth = metadata.OfType<OAuthErrorsAttribute>().Any();
        var isClosed = operation.Security is { Count: > 0 } security && security.All(requirement => requirement.Count > 0);
        var refusals = isOAuth
            ? ApiRefusals.OfOAuth(metadata)
            : ApiRefusals.Of(
                metadata,
                isClosed,
                hasBody: operation.RequestBody is not null,
                hasParameters: operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Query) ?? false);
        foreach (var (status, codes) in refusals)
        {
            var name = status.ToString(CultureInfo.InvariantCulture);
            var refusal = Refusal(codes, isOAuth, context.Document!);
            operation.Responses.TryAdd(
                name, name is UnauthorizedStatus && isClosed && !isOAuth && IsCommon(metadata) ? Shared(refusal, context.Document!) : refusal);
        }
    }

    private static bool IsCommon(IReadOnlyCollection<object> metadata) =>
        !metadata.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes).Any(code => code.Kind == ProblemKind.AuthenticationFailed);

    private static OpenApiResponseReference Shared(OpenApiResponse refusal, OpenApiDocument document)
    {
        if (document.Components?.Responses?.ContainsKey(Unauthorized) is not true)
        {
            document.AddComponent(Unauthorized, refusal);
        }

        return new OpenApiResponseReference(Unauthorized, document);
    }

    // The framework knows one type for each status; the others are found as alternatives.
    private static async Task ChooseAsync(
        OpenApiOperation operation,
        int status,
        IReadOnlyList<Type> types,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        if (operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture)) is not OpenApiResponse { Content: { } content })
        {
            return;
        }

        List<IOpenApiSchema> schemas = [];
        foreach (var type in types)
        {
            var name = SchemaNames.NameOf(type);
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
            if (schema.Properties is not { Count: > 0 })
            {
                schemas.Add(schema);
                continue;
            }

            if (context.Document!.Components?.Schemas?.ContainsKey(name) is not true)
            {
                context.Document.AddComponent(name, schema);
            }

            schemas.Add(new OpenApiSchemaReference(name, context.Document));
        }

        foreach (var media in content.Values)
        {
            // Not one of them alone: what is right for one may be right for another, whose members need not all be there.
            media.Schema = new OpenApiSchema { AnyOf = schemas };
        }
    }

    private static OpenApiResponse Refusal(IReadOnlyList<string> codes, bool isOAuth, OpenApiDocument document) => new()
    {
        Description = "Refused: " + string.Join(", ", codes) + ".",
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [isOAuth ? "application/json" : ProblemResult.ContentType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference(isOAuth ? ApiSchemas.OAuthError : ApiSchemas.Problem, document),
            },
        },
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            [CodesMember] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)JsonValue.Create(code))])),
        },
    };
}
