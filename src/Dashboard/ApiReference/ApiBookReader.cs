using System.Text.Json;
using static Dashboard.ApiReference.ApiTypes;

namespace Dashboard.ApiReference;

/// <summary>Reads the API's description, which programs read at the same time: the page cannot say anything else than it.</summary>
internal static class ApiBookReader
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    public static ApiBook Read(ReadOnlyMemory<byte> description)
    {
        using var document = JsonDocument.Parse(description);
        var root = document.RootElement;
        var components = Member(root, "components");
        var calls = Member(root, "paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, Method: operation.Name, Operation: operation.Value)))
            .Select(call => (Tag: Texts(call.Operation, "tags") is [var tag, ..] ? tag : null, Call: ReadCall(call.Name, call.Method, call.Operation, components)))
            .ToLookup(call => call.Tag, call => call.Call);
        var descriptions = Items(root, "tags").ToDictionary(
            tag => Text(tag, "name") ?? "", tag => Text(tag, "description"), StringComparer.Ordinal);

        return new ApiBook(
            [.. (Text(Member(root, "info"), "description") ?? "").Split("\n\n")],
            [.. Members(components, "securitySchemes").Select(scheme => new ApiCredential(scheme.Name, Text(scheme.Value, "description") ?? ""))],
            [
                .. Items(root, "x-tagGroups").Select(group => new ApiChapter(
                    Text(group, "name") ?? "",
                    [
                        .. Texts(group, "tags").Select(tag => new ApiSection(
                            tag, descriptions.GetValueOrDefault(tag), [.. calls[tag].OrderBy(call => call.Path, StringComparer.Ordinal)])),
                    ])).Where(chapter => chapter.Sections is not []),
            ],
            [
                .. Members(components, "schemas")
                    .OrderBy(schema => schema.Name, StringComparer.Ordinal)
                    .Select(schema => new ApiObject(schema.Name, Text(schema.Value, "description"), MembersOf(schema.Value))),
            ]);
    }

    private static ApiCall ReadCall(string path, string method, JsonElement operation, JsonElement components) => new(
        Text(operation, "operationId") ?? "",
        method.ToUpperInvariant(),
        path,
        Text(operation, "summary") ?? "",
        Text(operation, "description"),
        [.. Items(operation, "security").Select(choice => choice.EnumerateObject().Select(scheme => scheme.Name).FirstOrDefault() ?? "")],
        Texts(operation, "x-roles"),
        operation.TryGetProperty("x-recent-proof", out var proof) && proof.ValueKind is JsonValueKind.True,
        [.. Items(operation, "parameters").Select(ReadParameter)],
        operation.TryGetProperty("requestBody", out var body) ? ReadBody(body) : null,
        [.. Members(operation, "responses").Select(answer => ReadAnswer(answer.Name, Resolve(answer.Value, components)))]);

    private static ApiMember ReadParameter(JsonElement parameter)
    {
        var schema = Member(parameter, "schema");
        return new ApiMember(
            Text(parameter, "name") ?? "",
            Text(parameter, "in"),
            Of(schema),
            parameter.TryGetProperty("required", out var required) && required.ValueKind is JsonValueKind.True,
            Text(parameter, "description"),
            ChoicesOf(schema));
    }

    private static ApiBody? ReadBody(JsonElement body) => Members(body, "content")
        .Select(content => (content.Name, Schema: Member(content.Value, "schema")))
        .Select(content => new ApiBody(content.Name, Of(content.Schema), MembersOf(content.Schema)))
        .FirstOrDefault();

    private static ApiAnswer ReadAnswer(string status, JsonElement answer)
    {
        var content = Members(answer, "content").Select(each => ((string?)each.Name, Of(Member(each.Value, "schema")))).FirstOrDefault();
        return new ApiAnswer(
            status, Text(answer, "description") ?? "", content.Item1, content.Item1 is null ? null : content.Item2, Texts(answer, "x-error-codes"));
    }

    private static JsonElement Resolve(JsonElement answer, JsonElement components) => Text(answer, "$ref") is { } reference
        ? Member(Member(components, "responses"), reference.Split('/')[^1])
        : answer;

    private static JsonElement Member(JsonElement of, string name) =>
        of.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Object ? member : Nothing;

    private static JsonElement.ObjectEnumerator Members(JsonElement of, string name) => Member(of, name).EnumerateObject();

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;
}
