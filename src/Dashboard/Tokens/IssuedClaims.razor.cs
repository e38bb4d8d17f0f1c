using System.Text.Json;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Tokens;

/// <summary>The claims of a token as they were signed: as a table, or as JSON.</summary>
public sealed partial class IssuedClaims(ClaimMask mask, AuthenticationStateProvider authentication)
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

    protected override async Task OnParametersSetAsync()
    {
        if (Json != _shown)
        {
            _shown = Json;
            using var document = JsonDocument.Parse(Json);
            var role = (await authentication.GetAuthenticationStateAsync()).User.Role();
            _claims = mask.Apply(document.RootElement.Clone(), role);
        }
    }
}
