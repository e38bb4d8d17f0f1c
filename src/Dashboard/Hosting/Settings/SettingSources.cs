using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Dashboard.Hosting.Settings;

/// <summary>Finds out which part of the configuration a value comes from: the last that has it wins, as everywhere in .NET.</summary>
internal sealed class SettingSources(IConfiguration configuration)
{
    // What the host's own variables begin with, and what is no part of the setting's name.
    private static readonly string[] Prefixes = ["", "ASPNETCORE_", "DOTNET_"];

    private readonly IReadOnlyList<IConfigurationProvider> _providers = [.. Flat(configuration)];

    /// <summary>Where a setting comes from that may also be given under another name.</summary>
    public SettingSource Find(string key, string? alias)
    {
        // What stands under the other name may also have been translated to ours, in code.
        var own = Find(key);
        return alias is not null
            && own.Kind is (SettingSourceKind.Default or SettingSourceKind.Code)
            && Find(alias) is { Kind: not SettingSourceKind.Default } given
            ? given with { Alias = alias }
            : own;
    }

    private static IEnumerable<IConfigurationProvider> Flat(IConfiguration configuration) =>
        configuration is not IConfigurationRoot root
            ? []
            : root.Providers.Reverse().SelectMany(provider =>
                provider is ChainedConfigurationProvider chained ? Flat(chained.Configuration) : [provider]);

    private SettingSource Find(string key) =>
        _providers.Where(provider => Has(provider, key))
            .Select(provider => SourceOf(provider, key))
            .FirstOrDefault(source => source is not null)
        ?? SettingSource.Default;

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out var value) ? value is { Length: > 0 } : provider.GetChildKeys([], key).Any();

    private static SettingSource? SourceOf(IConfigurationProvider provider, string key) => provider switch
    {
        // Null where the host itself wrote its choice into every provider.
        EnvironmentVariablesConfigurationProvider =>
            VariableOf(key) is { } name ? new SettingSource(SettingSourceKind.Environment, name) : null,
        CommandLineConfigurationProvider => new SettingSource(SettingSourceKind.CommandLine),
        FileConfigurationProvider file => new SettingSource(SettingSourceKind.File, Path.GetFileName(file.Source.Path)),
        _ => new SettingSource(SettingSourceKind.Code),
    };

    private static string? VariableOf(string key)
    {
        var name = key.Replace(":", "__", StringComparison.Ordinal);
        return Environment.GetEnvironmentVariables().Keys.Cast<string>().FirstOrDefault(found =>
            Array.Exists(Prefixes, prefix =>
                found.Equals(prefix + name, StringComparison.OrdinalIgnoreCase)
                || found.StartsWith($"{prefix}{name}__", StringComparison.OrdinalIgnoreCase)));
    }
}
