using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>
/// Says of members what is true on the wire: in answers one without a value is left out and never null, and a request needs only
/// what it is refused without.
/// </summary>
internal sealed class SchemaRules : IOpenApiSchemaTransformer
{
    // By convention the ending of everything that is sent to us.
    private const string Sent = "Request";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Description = ApiText.OneLine(schema.Description);
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset))
        {
            // Our own converter writes it, which the framework does not know the type of.
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        }

        if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object && schema.Properties is { } members)
        {
            var isSent = context.JsonTypeInfo.Type.Name.EndsWith(Sent, StringComparison.Ordinal);
            schema.Required = context.JsonTypeInfo.Properties
                .Where(member => members.ContainsKey(member.Name) && (isSent ? IsNeeded(member) : !member.IsGetNullable && !IsNullable(member)))
                .Select(member => member.Name)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var (name, member) in members.ToList())
            {
                members[name] = WithoutNull(member);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsNeeded(JsonPropertyInfo member) =>
        member.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) ?? false;

    private static bool IsNullable(JsonPropertyInfo member) => Nullable.GetUnderlyingType(member.PropertyType) is not null;

    private static IOpenApiSchema WithoutNull(IOpenApiSchema member)
    {
        if (member is not OpenApiSchema own)
        {
            return member;
        }

        own.Description = ApiText.OneLine(own.Description);
        if (own.OneOf is [{ Type: JsonSchemaType.Null }, var only] && own.Description is null)
        {
            return only;
        }

        own.OneOf = own.OneOf?.Where(each => each.Type is not JsonSchemaType.Null).ToList();
        own.Type &= ~JsonSchemaType.Null;
        return own;
    }
}
