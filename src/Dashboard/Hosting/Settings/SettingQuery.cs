namespace Dashboard.Hosting.Settings;

/// <summary>Which settings are shown, on the page and in the API alike.</summary>
internal static class SettingQuery
{
    /// <summary>Those that have a text in their name, description, value or other name, case aside.</summary>
    /// <param name="settings">All of them.</param>
    /// <param name="text">The text; null or empty for any.</param>
    /// <param name="changedOnly">True for those alone that differ from the default.</param>
    public static IReadOnlyList<EffectiveSetting> Filter(IReadOnlyList<EffectiveSetting> settings, string? text, bool changedOnly) =>
    [
        .. settings.Where(setting => (!changedOnly || setting.DiffersFromDefault) && (string.IsNullOrEmpty(text) || Has(setting, text))),
    ];

    private static bool Has(EffectiveSetting setting, string text) =>
        new[] { setting.Key, setting.EnvironmentName, setting.Alias, setting.Group, setting.Description, setting.Value }
            .Any(part => part?.Contains(text, StringComparison.OrdinalIgnoreCase) is true);
}
