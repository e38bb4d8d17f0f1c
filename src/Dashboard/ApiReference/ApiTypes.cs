using System.Text.Json;

namespace Dashboard.ApiReference;

/// <summary>Schemas of the API's description in words.</summary>
internal static class ApiTypes
{
    private const string Reference = "$ref";

    private static readonly string[] Alternatives = ["oneOf", "anyOf", "allOf"];

    /// <summary>What a schema is.</summary>
    public static ApiType Of(JsonElement schema)
    {
        if (schema.TryGetProperty(Reference, out var reference))
        {
            return new ApiType("", reference.GetString()!.Split('/')[^1]);
        }

        foreach (var name in Alternatives)
        {
            if (schema.TryGetProperty(name, out var list))
            {
                List<ApiType> types = [.. list.EnumerateArray().Where(each => !IsNull(each)).Select(Of)];
                return types switch
                {
                    [var only] => only,
                    _ when types.TrueForAll(type => type is { Text: "", Objects: not [] }) => new ApiType("", [.. types.SelectMany(type => type.Objects)]),
                    _ => new ApiType(string.Join(" or ", types.Select(type => $"{type.Text} {string.Join(" or ", type.Objects)}".Trim()))),
                };
            }
        }

        return NameOf(schema) switch
        {
            "array" when schema.TryGetProperty("items", out var items) => ArrayOf(Of(items)),
            "string" when schema.TryGetProperty("format", out var format) && format.GetString() is "date-time" => new ApiType("time"),
            "integer" => new ApiType("whole number"),
            "boolean" => new ApiType("true or false"),
            "string" => new ApiType("text"),
            "object" or "number" or "array" => new ApiType(NameOf(schema)!),
            _ => new ApiType(schema.TryGetProperty("enum", out _) ? "text" : "anything"),
        };
    }

    /// <summary>The members of an object.</summary>
    public static IReadOnlyList<ApiMember> MembersOf(JsonElement schema)
    {
        var required = Texts(schema, "required");
        return schema.TryGetProperty("properties", out var members)
            ?
            [
                .. members.EnumerateObject().Select(member => new ApiMember(
                    member.Name, null, Of(member.Value), required.Contains(member.Name), Text(member.Value, "description"), ChoicesOf(member.Value))),
            ]
            : [];
    }

    /// <summary>The values that a schema allows; none where it does not list them.</summary>
    public static IReadOnlyList<string> ChoicesOf(JsonElement schema) => Texts(schema, "enum");

    /// <summary>A text of an object; null where it has none.</summary>
    public static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    /// <summary>The texts of an array in an object; none where there is no array.</summary>
    public static IReadOnlyList<string> Texts(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(each => each.ValueKind is JsonValueKind.String).Select(each => each.GetString()!)]
            : [];

    private static ApiType ArrayOf(ApiType item) => item with { Text = $"array of {item.Text}" };

    private static bool IsNull(JsonElement schema) => Text(schema, "type") is "null";

    // One name, or one beside "null".
    private static string? NameOf(JsonElement schema) =>
        Text(schema, "type") ?? Texts(schema, "type").FirstOrDefault(type => type != "null");
}
