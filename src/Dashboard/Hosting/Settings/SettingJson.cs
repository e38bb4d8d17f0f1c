namespace Dashboard.Hosting.Settings;

/// <summary>Every setting that was asked for.</summary>
/// <param name="Items">In the order of the page.</param>
/// <param name="Total">How many these are.</param>
internal sealed record SettingsJson(IReadOnlyList<SettingJson> Items, int Total)
{
    public static SettingsJson Of(IReadOnlyList<EffectiveSetting> settings) => new([.. settings.Select(SettingJson.Of)], settings.Count);
}

/// <summary>A setting as it is in effect.</summary>
/// <param name="Key">Where it stands in the configuration.</param>
/// <param name="Group">What it belongs to.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Type">What a value looks like.</param>
/// <param name="Default">What holds where nobody says anything.</param>
/// <param name="Value">What is in effect; a mask for a secret that is set.</param>
/// <param name="IsSecret">True where the value is never shown.</param>
/// <param name="DiffersFromDefault">True where somebody decided otherwise.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Environment">The environment variable that sets it.</param>
/// <param name="Alias">Another name that it is read under.</param>
internal sealed record SettingJson(
    string Key,
    string Group,
    string Description,
    string Type,
    string? Default,
    string? Value,
    bool IsSecret,
    bool DiffersFromDefault,
    SettingSourceJson Source,
    string Environment,
    string? Alias)
{
    public static SettingJson Of(EffectiveSetting setting) => new(
        setting.Key,
        setting.Group,
        setting.Description,
        setting.Type,
        setting.Default,
        setting.Value,
        setting.IsSecret,
        setting.DiffersFromDefault,
        new SettingSourceJson(setting.Source.Code, setting.Source.Name, setting.Source.Alias),
        setting.EnvironmentName,
        setting.Alias);
}

/// <summary>
/// Where a value comes from: <c>default</c>, <c>file</c>, <c>environment</c>, <c>command_line</c>, <c>code</c> or <c>store</c>.
/// </summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Name">The file or the environment variable.</param>
/// <param name="Alias">The other name that it was given under.</param>
internal sealed record SettingSourceJson(string Kind, string? Name, string? Alias);
