using System.Reflection;
using System.Text.RegularExpressions;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>Says which setting is wrong, how, and what it has to be, whatever found it: we, an attribute, or the framework's binder.</summary>
internal static partial class SettingFaults
{
    /// <summary>A sentence for each fault; null for an exception that is not about settings.</summary>
    public static IReadOnlyList<string>? Of(Exception exception, IConfiguration configuration) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures.Select(failure => Sentence(invalid.OptionsType, failure, configuration))],
        AggregateException { InnerExceptions: var all } =>
            all.Select(inner => Of(inner, configuration)).ToList() is var faults && faults.TrueForAll(fault => fault is not null)
                ? [.. faults.SelectMany(fault => fault!)]
                : null,
        InvalidOperationException when Conversion().Match(exception.Message) is { Success: true } match =>
            [Sentence(match.Groups["path"].Value, Expected(TypeOf(match.Groups["type"].Value)), match.Groups["value"].Value)],
        _ => null,
    };

    /// <summary>What is wrong with the addresses to listen on; null where each can be read.</summary>
    public static string? OfAddresses(string addresses) =>
        SignetDefaults.Addresses(addresses).FirstOrDefault(address =>
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) is { } wrong
            ? Sentence("--urls (ASPNETCORE_URLS)", "must list addresses such as http://localhost:8001", wrong)
            : null;

    // What attributes find comes as "ClockSkew: The field TokenOptions.ClockSkew must be …"; our own rules name the setting.
    private static string Sentence(Type options, string failure, IConfiguration configuration)
    {
        if (SectionOf(options) is not { } section || Attribute().Match(failure) is not { Success: true } match)
        {
            return failure;
        }

        var setting = $"{section}:{match.Groups["member"].Value}";
        var text = ValidationTexts.InOurWords(match.Groups["text"].Value).TrimEnd('.');
        text = text.StartsWith(setting, StringComparison.Ordinal) ? text[setting.Length..].TrimStart() : text;
        return Sentence(setting, text, configuration[setting]);
    }

    private static string Sentence(string setting, string expected, string? value) =>
        string.IsNullOrEmpty(value) ? $"{setting} {expected}." : $"{setting} {expected}, but was '{value}'.";

    private static string? SectionOf(Type options) =>
        options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;

    private static string Expected(Type? type) =>
        type is { IsEnum: true } ? "must be one of " + string.Join(", ", Enum.GetNames(type)) : JsonTypes.Expected(type);

    private static Type? TypeOf(string name) => Type.GetType(name) ?? typeof(SignetOptions).Assembly.GetType(name);

    [GeneratedRegex(@"^(?<member>\w+): (?<text>.+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Attribute();

    [GeneratedRegex(
        "^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Conversion();
}
