using System.Globalization;
using Dashboard.Core.Scopes;
using Dashboard.Hosting.Settings;

namespace Dashboard.Settings;

/// <summary>Reads what is configured about scopes, and tries out what they may do as validation decides it.</summary>
public sealed class ScopeReader(ScopeHierarchy hierarchy, ProtectedResources resources, EffectiveSettings settings)
{
    private const string HierarchySetting = $"{ScopeOptions.Section}:{nameof(ScopeOptions.Hierarchy)}";
    private const string NamesSetting = $"{ScopeOptions.Section}:{nameof(ScopeOptions.Resources)}";
    private const string PlacesSetting = $"{ProtectedResourceOptions.Section}:{nameof(ProtectedResourceOptions.ProtectedResources)}";

    public ScopeReport Read() => new(
        [
            .. hierarchy.Direct.Keys.Order(StringComparer.Ordinal).Select(scope =>
            {
                var setting = $"{HierarchySetting}:{scope}";
                return new ScopeRow(scope, [.. hierarchy.GrantsOf([scope]).Skip(1)], setting, settings.SourceOf(setting));
            }),
        ],
        ReadResources());

    /// <summary>What these scopes grant, and which resources a token with them may use.</summary>
    public ScopeTrial Try(string text)
    {
        var held = ScopeText.Split(text);
        return new ScopeTrial(
            hierarchy.GrantsOf(held),
            [.. ReadResources().Select(resource => (resource, hierarchy.Missing(held, resource.Scopes)))]);
    }

    private IReadOnlyList<ResourceRow> ReadResources() =>
    [
        .. resources.All.Select((resource, number) => Row(
            resource.Name ?? resource.Resource,
            resource.Resource,
            resource.Scopes,
            string.Create(CultureInfo.InvariantCulture, $"{PlacesSetting}:{number}"))),
        .. hierarchy.Resources.OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select(item => Row(item.Key, null, item.Value, $"{NamesSetting}:{item.Key}")),
    ];

    private ResourceRow Row(string name, string? address, IReadOnlyList<string> scopes, string setting) =>
        new(name, address, scopes, setting, settings.SourceOf(setting));
}
