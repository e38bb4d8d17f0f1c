using System.Text.Json;
using Dashboard.Core.Scopes;
using Dashboard.Hosting;

namespace Dashboard.Arcp;

/// <summary>Reads the member <c>scopes</c>, which callers write as an array of strings or as one string with spaces.</summary>
internal static class ScopesMember
{
    private const string Name = "scopes";

    /// <summary>What is wrong with the member; null where it is absent or good.</summary>
    public static ValidationError? FaultOf(JsonElement? json, out IReadOnlyList<string> scopes)
    {
        scopes = [];
        switch (json)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return null;
            case { ValueKind: JsonValueKind.String } text:
                return FaultOf(text.GetString()!, out scopes);
            case { ValueKind: JsonValueKind.Array } items when items.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String):
                scopes = [.. items.EnumerateArray().Select(item => item.GetString()!)];
                return Named(ScopeText.FaultOf(scopes));
            default:
                return Named("must be an array of strings or one string");
        }
    }

    private static ValidationError? FaultOf(string text, out IReadOnlyList<string> scopes)
    {
        scopes = ScopeText.Split(text);
        return Named(scopes is [] || text.Any(char.IsControl)
            ? "must name a scope, or several with spaces between, without control characters"
            : ScopeText.FaultOf(scopes));
    }

    private static ValidationError? Named(string? fault) => fault is null ? null : new ValidationError(Name, fault);
}
