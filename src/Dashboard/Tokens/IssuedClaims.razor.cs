using System.Text.Json;
using Dashboard.Controls;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>The claims of a token as they were signed: as a table, or as JSON.</summary>
public sealed partial class IssuedClaims
{
    private static readonly IReadOnlyList<TabItem> Views = [new("table", "Table"), new("json", "JSON")];

    private string? _shown;
    private JsonElement _claims;

    [Parameter, EditorRequired]
    public string Json { get; set; } = "";

    [Parameter, EditorRequired]
    public string Selected { get; set; } = "";

    [Parameter]
    public EventCallback<string> SelectedChanged { get; set; }

    protected override void OnParametersSet()
    {
        if (Json != _shown)
        {
            _shown = Json;
            using var document = JsonDocument.Parse(Json);
            _claims = document.RootElement.Clone();
        }
    }
}
