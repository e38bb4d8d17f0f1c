using Microsoft.Extensions.Options;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// Keeps the framework from writing what people send, whatever level is configured: addresses with their queries, redirects with
/// their codes, the arguments of calls over a circuit, requests that could not be read.
/// </summary>
internal sealed class LogCaps : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>The lowest level of a category and all below it; of two the longer one holds.</summary>
    private static readonly (string Category, LogLevel Lowest)[] Caps =
    [
        ("Microsoft.AspNetCore", LogLevel.Information),
        ("Microsoft.AspNetCore.Authentication", LogLevel.Warning),
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning),
        ("Microsoft.AspNetCore.Http.Result", LogLevel.Warning),
        ("Microsoft.AspNetCore.HttpLogging", LogLevel.Warning),
        ("Microsoft.IdentityModel", LogLevel.Warning),
        ("System.Net.Http", LogLevel.Warning),
    ];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // A rule for one provider beats every rule for all of them, so each has to be told.
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList();
        for (var index = 0; index < options.Rules.Count; index++)
        {
            options.Rules[index] = Raise(options.Rules[index]);
        }

        foreach (var (category, lowest) in Caps)
        {
            foreach (var provider in providers)
            {
                var level = LevelOf(options, provider, category);
                options.Rules.Insert(0, new LoggerFilterRule(provider, category, level > lowest ? level : lowest, null));
            }
        }
    }

    private static LoggerFilterRule Raise(LoggerFilterRule rule) =>
        rule is { CategoryName: { } category, LogLevel: { } level } && CapOf(category) is { } lowest && level < lowest
            ? new LoggerFilterRule(rule.ProviderName, category, lowest, rule.Filter)
            : rule;

    private static LogLevel? CapOf(string category) => Caps
        .Where(cap => IsBelow(category, cap.Category))
        .OrderByDescending(cap => cap.Category.Length)
        .Select(cap => (LogLevel?)cap.Lowest)
        .FirstOrDefault();

    // What the settings say of a category that has no rule of its own: those for the provider, where there is one, then those for all.
    private static LogLevel LevelOf(LoggerFilterOptions options, string? provider, string category) => options.Rules
        .Where(rule => rule.ProviderName is null || rule.ProviderName == provider)
        .Where(rule => rule.CategoryName is not { } above || IsBelow(category, above))
        .Reverse()
        .OrderByDescending(rule => rule.ProviderName is not null)
        .ThenByDescending(rule => rule.CategoryName?.Length ?? 0)
        .Select(rule => rule.LogLevel)
        .FirstOrDefault() ?? options.MinLevel;

    private static bool IsBelow(string category, string above) =>
        category.Equals(above, StringComparison.OrdinalIgnoreCase)
        || category.StartsWith(above + ".", StringComparison.OrdinalIgnoreCase);
}
