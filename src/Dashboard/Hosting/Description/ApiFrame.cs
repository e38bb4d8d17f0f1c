using System.Text.Json.Nodes;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>What stands around the operations: what this is, where it is, how callers prove themselves, and in which families it comes.</summary>
internal sealed class ApiFrame(IOptions<SignetOptions> signet) : IOpenApiDocumentTransformer
{
    private const string Text = """
        Signet issues, judges and takes back tokens. Bodies and answers are JSON in snake_case; members that have no value are left
        out, times are UTC. Lists answer items, next_cursor, total and total_is_capped: give next_cursor as cursor for the next page.

        Every answer carries X-Request-ID. A refusal is problem details (RFC 9457) with an error_code, or at the OAuth endpoints the
        error object of RFC 6749. Every endpoint can answer 429, 500 and 503 besides what it names.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Signet",
            Version = ProgramVersion.Text,
            Description = Text,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = signet.Value.Issuer }];
        ApiSchemas.AddTo(document);
        ApiSchemas.RemoveNullsFrom(document);
        foreach (var (name, scheme) in ApiSecurity.Schemes)
        {
            document.AddComponent(name, scheme);
        }

        var used = document.Paths.Values
            .SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name)
            .ToHashSet(StringComparer.Ordinal);
        document.Tags = ApiFamilies.Tags
            .Where(tag => used.Contains(tag.Name))
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .ToHashSet();
        document.Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["x-tagGroups"] = new JsonNodeExtension(new JsonArray(
            [
                .. ApiFamilies.All.Where(family => family.Tags.Any(tag => used.Contains(tag.Name))).Select(family => Group(family, used)),
            ])),
        };
        return Task.CompletedTask;
    }

    private static JsonObject Group(ApiFamily family, HashSet<string?> used) => new()
    {
        ["name"] = family.Name,
        ["tags"] = new JsonArray([.. family.Tags.Where(tag => used.Contains(tag.Name)).Select(tag => (JsonNode)JsonValue.Create(tag.Name))]),
    };
}
