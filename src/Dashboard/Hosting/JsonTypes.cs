using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Dashboard.Hosting;

/// <summary>What a caller has to send for one of our types, in words.</summary>
internal static partial class JsonTypes
{
    private const string Unknown = "has the wrong type or a value that is not known";

    /// <summary>The expectation for a type; a vague one for a type that is null or not simple.</summary>
    public static string Expected(Type? type) => (Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
    {
        null => Unknown,
        var simple when simple == typeof(string) => "must be a string",
        var simple when simple == typeof(bool) => "must be true or false",
        var simple when simple == typeof(int) || simple == typeof(long) => "must be a whole number",
        var simple when simple == typeof(double) || simple == typeof(decimal) => "must be a number",
        var simple when simple == typeof(DateTimeOffset) => "must be a date and time such as 2026-01-15T09:30:00Z",
        var simple when simple == typeof(TimeSpan) => "must be a duration such as 00:15:00",
        var simple when simple == typeof(Guid) => "must be a UUID",
        { IsEnum: true } choice => "must be one of " + string.Join(", ", Names(choice)),
        var other => InfoOf(other).Kind switch
        {
            JsonTypeInfoKind.Enumerable => "must be an array",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "must be an object",
            _ => Unknown,
        },
    };

    /// <summary>The type at a path such as <c>$.agent.scopes[0]</c> within a body; null where the path leads nowhere.</summary>
    public static Type? At(Type? body, string? path) =>
        Step().Matches(path ?? "").Aggregate(body, (type, step) => type is null ? null : Next(InfoOf(type), step.Groups["name"].Value));

    private static Type? Next(JsonTypeInfo type, string name) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType,
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => type.ElementType,
        _ => null,
    };

    private static JsonTypeInfo InfoOf(Type type) => Json.Options.GetTypeInfo(type);

    private static IEnumerable<string> Names(Type choice) =>
        Enum.GetNames(choice).Select(Json.Options.PropertyNamingPolicy!.ConvertName);

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[[^\]]*\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
