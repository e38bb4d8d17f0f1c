using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>
/// Completes what the framework knows of an endpoint: who may call it, the values that it reads by itself, and its refusals.
/// Summaries are the comments of the handlers.
/// </summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    /// <summary>The roles that may call an operation.</summary>
    public const string RolesMember = "x-roles";

    /// <summary>True where a login is not enough: the last proof must be fresh.</summary>
    public const string ProofMember = "x-recent-proof";

    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["cursor"] = "The next_cursor of the page before; the first page without it.",
        ["limit"] = string.Create(
            CultureInfo.InvariantCulture, $"How many rows a page has, 1 to {PageLimit.Largest}; {PageLimit.Default} without it."),
        ["reason"] = "Why, for the audit log.",
        ["format"] = "What kind of file: csv or ndjson; csv without it.",
    };

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata.ToList();
        var document = context.Document ?? throw new InvalidOperationException("An operation without its document.");

        // One operation for each of the methods that share an endpoint and its name.
        if (metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods.Count: > 1 })
        {
            operation.OperationId += CultureInfo.InvariantCulture.TextInfo.ToTitleCase(context.Description.HttpMethod!.ToLowerInvariant());
        }

        operation.Summary = ApiText.OneLine(operation.Summary);
        operation.Description = ApiText.OneLine(operation.Description);
        DescribeCallers(operation, metadata, document);
        DescribeParameters(operation, metadata);
        DescribeBody(operation, metadata);
        await ApiAnswers.DescribeAsync(operation, metadata, context, cancellationToken);
    }

    private static void DescribeCallers(OpenApiOperation operation, List<object> metadata, OpenApiDocument document)
    {
        var credentials = ApiSecurity.Of(metadata);
        if (credentials is not [Credentials.Nothing])
        {
            operation.Security = [.. credentials.Select(name => Requirement(name, document))];
        }

        if (ApiSecurity.RightOf(metadata) is { } right)
        {
            Add(operation, RolesMember, Texts(AccessTable.RolesWith(right)));
            if (AccessTable.IsDangerous(right))
            {
                Add(operation, ProofMember, JsonValue.Create(true));
            }
        }
    }

    private static OpenApiSecurityRequirement Requirement(string name, OpenApiDocument document) => name is Credentials.Nothing
        ? []
        : new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] };

    private static void DescribeParameters(OpenApiOperation operation, List<object> metadata)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= Common.GetValueOrDefault(parameter.Name ?? "");
        }

        operation.Parameters ??= [];
        foreach (var (place, values) in metadata.OfType<ApiValues>().Select(values => (values.Place, values.Values)))
        {
            foreach (var value in place is ApiPlace.Query or ApiPlace.Header ? values : [])
            {
                operation.Parameters.Add(Parameter(value, place is ApiPlace.Query ? ParameterLocation.Query : ParameterLocation.Header));
            }
        }

        var handled = metadata.OfType<MethodInfo>().SelectMany(handler => handler.GetParameters()).ToList();
        if (handled.Find(parameter => parameter.GetCustomAttribute<FromBodyAttribute>() is { EmptyBodyBehavior: EmptyBodyBehavior.Allow }) is not null)
        {
            // Where a body need not be: some clients cannot send one with DELETE, and give its members so.
            operation.Parameters.Add(Parameter(new ApiValue("reason", Common["reason"] + " In the body, or here."), ParameterLocation.Query));
        }

        if (handled.Exists(parameter => parameter.ParameterType == typeof(Creations)))
        {
            operation.Parameters.Add(Parameter(
                new ApiValue(Creations.Header, "Names this request: sent again with the same key within a day it is not carried out twice."),
                ParameterLocation.Header));
        }
    }

    private static OpenApiParameter Parameter(ApiValue value, ParameterLocation place) => new()
    {
        Name = value.Name,
        In = place,
        Required = value.IsRequired,
        Description = value.Description,
        Schema = ApiSchemas.Of(value),
    };

    private static void DescribeBody(OpenApiOperation operation, List<object> metadata)
    {
        foreach (var (place, values) in metadata.OfType<ApiValues>().Select(values => (values.Place, values.Values)))
        {
            if (place is ApiPlace.Form or ApiPlace.Json)
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = values.Any(value => value.IsRequired),
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        [place is ApiPlace.Form ? "application/x-www-form-urlencoded" : "application/json"] =
                            new OpenApiMediaType { Schema = ApiSchemas.Of(values) },
                    },
                };
            }
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);

    private static void Add(OpenApiOperation operation, string name, JsonNode value) =>
        (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal))[name] = new JsonNodeExtension(value);
}
