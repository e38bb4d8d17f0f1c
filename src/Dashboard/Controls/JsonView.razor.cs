using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>A JSON object as text, its names in the colour of the token's part.</summary>
public sealed partial class JsonView
{
    // The encoder leaves markup readable, which Razor escapes; invisible characters are made visible below.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _id = ElementId.Next("json");

    [Parameter, EditorRequired]
    public JsonElement Json { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The part of the token whose colour it has: <c>header</c> or <c>payload</c>.</summary>
    [Parameter, EditorRequired]
    public string Part { get; set; } = "";

    private IEnumerable<(string Name, string After)> Lines()
    {
        foreach (var line in JsonSerializer.Serialize(Json, Indented).Split('\n'))
        {
            var text = VisibleText.Escape(line.TrimEnd('\r'));
            var name = MemberName().Match(text).Length;
            yield return (text[..name], text[name..]);
        }
    }

    [GeneratedRegex("""^\s*"(?:[^"\\]|\\.)*"(?=:)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MemberName();
}
