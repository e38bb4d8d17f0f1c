using System.Text.Json;
using Dashboard.Controls;
using Dashboard.Core.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>The claims of a token as they were signed: as a table, or as JSON.</summary>
public sealed partial class IssuedClaims
{
    private static readonly IReadOnlyList<TabItem> Views = [new("table", "Table"), new("json", "JSON")];

    // Claims are shown, never parsed from here: what is not ASCII may be read as it is.
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string? _shown;
    private string _pretty = "";
    private IReadOnlyList<Claim> _claims = [];

    [Parameter, EditorRequired]
    public string Json { get; set; } = "";

    [Parameter, EditorRequired]
    public string Selected { get; set; } = "";

    [Parameter]
    public EventCallback<string> SelectedChanged { get; set; }

    protected override void OnParametersSet()
    {
        if (Json == _shown)
        {
            return;
        }

        _shown = Json;
        using var document = JsonDocument.Parse(Json);
        _pretty = string.Join('\n', JsonSerializer.Serialize(document, Pretty).Split('\n').Select(VisibleText.Escape));
        _claims = [.. document.RootElement.EnumerateObject().Select(ClaimOf)];
    }

    private static Claim ClaimOf(JsonProperty member) => new(
        member.Name,
        member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText(),
        MeaningOf(member.Name),
        IsTime(member.Name) && member.Value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null);

    private static bool IsTime(string name) => name is ClaimNames.IssuedAt or ClaimNames.NotBefore or ClaimNames.ExpiresAt;

    private static string? MeaningOf(string name) => name switch
    {
        ClaimNames.Issuer => "Who issued it",
        ClaimNames.Subject => "Whom it speaks for",
        ClaimNames.Audience => "The API it is for",
        ClaimNames.IssuedAt => "Issued at",
        ClaimNames.NotBefore => "Not valid before",
        ClaimNames.ExpiresAt => "Expires at",
        ClaimNames.TokenId => "Its own id",
        ClaimNames.Client => "The client it was issued to",
        ClaimNames.Scope or ClaimNames.Scopes or ClaimNames.ShortScope => "What it may do",
        ClaimNames.Agent => "The agent it belongs to",
        ClaimNames.Role => "The operator's role",
        ClaimNames.Session => "The session it belongs to",
        ClaimNames.Fingerprint => "HMAC of the fingerprint it is bound to",
        _ => null,
    };

    private sealed record Claim(string Name, string Value, string? Meaning, DateTimeOffset? At);
}
