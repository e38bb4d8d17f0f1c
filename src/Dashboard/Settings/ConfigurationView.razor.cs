using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Settings;

/// <summary>The settings in effect that an address asks for.</summary>
public sealed partial class ConfigurationView
{
    private static readonly IReadOnlyList<(bool Value, string Title)> Choices = [(false, "All"), (true, "Changed")];

    /// <summary>All of them.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EffectiveSetting> Settings { get; set; } = [];

    [Parameter, EditorRequired]
    public SettingsAddress Address { get; set; } = null!;

    /// <summary>Somebody wants to see others.</summary>
    [Parameter, EditorRequired]
    public EventCallback<SettingsAddress> OnShow { get; set; }

    private IReadOnlyList<EffectiveSetting> Shown => SettingQuery.Filter(Settings, Address.Text, Address.ChangedOnly);
}
