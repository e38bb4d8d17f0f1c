using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dashboard.Hosting;

/// <summary>Says in words what the framework found wrong with a request: which member, and what was expected of it.</summary>
internal static partial class BadRequests
{
    private const int LongestName = 200;
    private const string Body = "body";

    /// <summary>A request that the server or the parameter binding could not read.</summary>
    /// <param name="exception">What reading the request ended with.</param>
    /// <param name="endpoint">Where the request was going, which knows the types that it takes; null where nowhere.</param>
    public static ProblemResult Explain(BadHttpRequestException exception, Endpoint? endpoint) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Limits.TooLarge(endpoint),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => UnsupportedType("The body must be sent as application/json."),
        { InnerException: JsonException json } => Explain(json, endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType),
        { InnerException: InvalidDataException form } => Explain(form),
        _ when Parameter().Match(exception.Message) is { Success: true } match => Explain(exception, match.Groups["name"].Value, endpoint),
        _ when exception.Message.StartsWith("Implicit body", StringComparison.Ordinal) => Input("The request needs a JSON body."),
        { StatusCode: StatusCodes.Status400BadRequest } => Input("The request is not valid HTTP, or its body ended early."),
        _ => Input("The request could not be read.").WithStatus(exception.StatusCode),
    };

    /// <summary>A form beyond its limits, or one that cannot be decoded.</summary>
    public static ProblemResult Explain(InvalidDataException exception) =>
        exception.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
            ? Input("The form has too many fields, or a name or value in it is too long.")
            : Input("The form cannot be decoded.");

    public static ProblemResult UnsupportedType(string detail) =>
        Input(detail).WithStatus(StatusCodes.Status415UnsupportedMediaType);

    private static ProblemResult Explain(JsonException exception, Type? body) => exception.Message switch
    {
        var text when text.Contains("could not be converted", StringComparison.Ordinal) =>
            Invalid(MemberOf(exception.Path), JsonTypes.Expected(JsonTypes.At(body, exception.Path))),
        var text when Null().IsMatch(text) => Invalid(MemberOf(exception.Path), "must not be null"),
        var text when Missing().Match(text) is { Success: true } match => Missing(match.Groups["names"].Value),
        var text when Unmapped().Match(text) is { Success: true } match =>
            Invalid(MemberOf(exception.Path, match.Groups["name"].Value), "is not known here"),
        var text when Duplicate().Match(text) is { Success: true } match =>
            Input($"The member '{Shorten(match.Groups["name"].Value)}' is given more than once."),
        var text when text.Contains("maximum configured depth", StringComparison.Ordinal) =>
            Input("The JSON is nested too deeply: 16 levels are read."),
        _ when exception is { LineNumber: 0, BytePositionInLine: 0 } => Input("The request needs a JSON body."),
        _ => Input($"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."),
    };

    private static ProblemResult Explain(BadHttpRequestException exception, string name, Endpoint? endpoint) =>
        exception.Message switch
        {
            var text when text.Contains("was not provided from body", StringComparison.Ordinal) => Input("The request needs a JSON body."),
            var text when text.StartsWith("Required", StringComparison.Ordinal) => Invalid(name, "is required"),
            var text when text.Contains("as form", StringComparison.Ordinal) => Input("The form cannot be decoded."),
            _ => Invalid(name, JsonTypes.Expected(TypeOf(name, endpoint))),
        };

    private static Type? TypeOf(string parameter, Endpoint? endpoint) =>
        endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(binding => binding.Name == parameter)?.ParameterInfo.ParameterType;

    private static ProblemResult Missing(string names) =>
        Problems.Invalid([.. names.Split(',').Select(name => new ValidationError(name.Trim(' ', '\'', '.'), "is required"))]);

    private static ProblemResult Invalid(string member, string expected) =>
        Problems.Invalid(new ValidationError(member, expected));

    private static ProblemResult Input(string detail) => Problems.Create(ErrorCode.InvalidInput, detail);

    // "$.agent.id" is the parser's way of writing agent.id, "$" that of the whole body.
    private static string MemberOf(string? path) =>
        (path ?? "").TrimStart('$').TrimStart('.') is { Length: > 0 } member ? Shorten(member) : Body;

    private static string MemberOf(string? path, string name) =>
        MemberOf(path) is var member && (member == name || member.EndsWith("." + name, StringComparison.Ordinal)) ? member
        : member is Body ? Shorten(name)
        : Shorten($"{member}.{name}");

    /// <summary>A name that the caller gave, as far as an answer repeats it.</summary>
    public static string Shorten(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    // The framework tells these things in its messages only. A test holds each of them, so that an update that words
    // them differently is noticed; until then the texts above get vaguer, but never wrong.
    [GeneratedRegex(@"parameter ""[^""]+ (?<name>[^"" ]+)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex("doesn't allow (setting )?null values|does not allow null", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Null();

    [GeneratedRegex("missing required properties including: (?<names>[^.|]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '(?<name>[^']*)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Duplicate();
}
