using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>The schemas that no type stands for.</summary>
internal static class ApiSchemas
{
    public const string Problem = "Problem";
    public const string OAuthError = "OAuthError";

    /// <summary>Puts both shapes of refusals into the document.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Problem, ProblemSchema());
        document.AddComponent(OAuthError, OAuthErrorSchema());
    }

    /// <summary>
    /// Takes away what the framework says of members that hold another object or nothing: in answers they are left out, and
    /// whoever sends nothing need not say so.
    /// </summary>
    public static void RemoveNullsFrom(OpenApiDocument document)
    {
        foreach (var members in (document.Components?.Schemas?.Values ?? []).Select(schema => schema.Properties).OfType<IDictionary<string, IOpenApiSchema>>())
        {
            foreach (var (name, member) in members.ToList())
            {
                if (member is OpenApiSchema { OneOf: [{ Type: JsonSchemaType.Null }, var only] })
                {
                    members[name] = only;
                }
            }
        }
    }

    /// <summary>The schema of a value that an endpoint reads by itself.</summary>
    public static OpenApiSchema Of(ApiValue value) => new()
    {
        Type = value.Kind switch
        {
            ApiValueKind.Text or ApiValueKind.Time => JsonSchemaType.String,
            ApiValueKind.Flag => JsonSchemaType.Boolean,
            ApiValueKind.Number => JsonSchemaType.Integer,
            ApiValueKind.Texts => JsonSchemaType.Array,
            ApiValueKind.Json => JsonSchemaType.Object,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.Kind, "No such kind."),
        },
        Format = value.Kind is ApiValueKind.Time ? "date-time" : null,
        Items = value.Kind is ApiValueKind.Texts ? Text() : null,
        Enum = Choices(value.Choices),
    };

    /// <summary>An object with these members.</summary>
    public static OpenApiSchema Of(IEnumerable<ApiValue> values)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
            Required = new HashSet<string>(StringComparer.Ordinal),
        };
        foreach (var value in values)
        {
            var member = Of(value);
            member.Description = value.Description;
            schema.Properties[value.Name] = member;
            if (value.IsRequired)
            {
                schema.Required.Add(value.Name);
            }
        }

        return schema;
    }

    private static OpenApiSchema ProblemSchema()
    {
        var schema = Of(
        [
            Always("type", "The address of the page about this kind of problem."),
            Always("title", "The kind of problem, in words."),
            Always("status", "The HTTP status.") with { Kind = ApiValueKind.Number },
            Always("detail", "What is wrong with this request."),
            Always("instance", "The path that was asked for, without its query."),
            Always("timestamp", "When, in UTC.") with { Kind = ApiValueKind.Time },
            Always("request_id", "The reference of this answer, the same as in the X-Request-ID header: it leads operators to the report."),
            Always("error_code", "What programs match on. Codes are added; none is renamed or taken away.") with
            {
                Choices = [.. Enum.GetValues<ErrorCode>().Select(code => code.Name)],
            },
            new ApiValue("retry_after", "Seconds to wait, as in the Retry-After header.") { Kind = ApiValueKind.Number },
            new ApiValue("required_scopes", "With INSUFFICIENT_SCOPE: what is needed.") { Kind = ApiValueKind.Texts },
            new ApiValue("current_scopes", "With INSUFFICIENT_SCOPE: what the token has.") { Kind = ApiValueKind.Texts },
            new ApiValue("required_role", "With INSUFFICIENT_ROLE: the roles that may."),
            new ApiValue("current_role", "With INSUFFICIENT_ROLE: the caller’s."),
            new ApiValue("max_age", "With STEP_UP_REQUIRED: how many seconds old the last proof may be.") { Kind = ApiValueKind.Number },
        ]);
        schema.Description = "A refusal (RFC 9457). Some codes bring members of their own; the page at type names them.";
        schema.Properties!["validation_errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "With VALIDATION_FAILED: what is wrong with which member.",
            Items = Of([Always("field", "The member."), Always("message", "What was expected.")]),
        };
        return schema;
    }

    private static OpenApiSchema OAuthErrorSchema()
    {
        var schema = Of(
        [
            Always("error", "What programs match on."),
            Always("error_description", "What is wrong with this request."),
            Always("request_id", "The reference of this answer, the same as in the X-Request-ID header."),
        ]);
        schema.Description = "A refusal of the OAuth endpoints (RFC 6749 section 5.2).";
        return schema;
    }

    private static ApiValue Always(string name, string description) => new(name, description) { IsRequired = true };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static List<JsonNode>? Choices(IReadOnlyList<string> choices) =>
        choices is [] ? null : [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice))];
}
