using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Settings;

/// <summary>What the settings page's address says: which tab, what of the configuration is shown, and which scopes are tried.</summary>
/// <param name="Tab">One of the names here.</param>
/// <param name="Text">What is searched for; empty for everything.</param>
/// <param name="ChangedOnly">True for what differs from the default alone.</param>
/// <param name="Held">The scopes that are tried out; empty for none.</param>
public sealed record SettingsAddress(string Tab, string Text = "", bool ChangedOnly = false, string Held = "")
{
    public const string Path = "/settings";

    public const string Posture = "posture";
    public const string Configuration = "configuration";
    public const string Retention = "retention";
    public const string Nodes = "nodes";
    public const string Scopes = "scopes";

    private static readonly string[] Tabs = [Posture, Configuration, Scopes, Retention, Nodes];

    /// <summary>Reads what <see cref="ToString"/> wrote; the first tab where it makes no sense.</summary>
    public static SettingsAddress Read(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var tab = query.TryGetValue("tab", out var name) ? name.ToString() : Posture;
        return new SettingsAddress(
            Tabs.Contains(tab, StringComparer.Ordinal) ? tab : Posture,
            query.TryGetValue("q", out var text) ? text.ToString() : "",
            query.TryGetValue("changed", out var changed) && changed == "true",
            query.TryGetValue("held", out var held) ? held.ToString() : "");
    }

    /// <summary>The place of one setting, or of all that have a text in them.</summary>
    public static string OfSetting(string text) => new SettingsAddress(Configuration, text).ToString();

    public override string ToString() => QueryHelpers.AddQueryString(
        Path,
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["tab"] = Tab is Posture ? null : Tab,
            ["q"] = Text is "" ? null : Text,
            ["changed"] = ChangedOnly ? "true" : null,
            ["held"] = Held is "" ? null : Held,
        }.Where(pair => pair.Value is not null));
}
