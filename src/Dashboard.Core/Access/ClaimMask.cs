using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Access;

/// <summary>Hides the values of configured claims from configured roles, wherever claims are shown.</summary>
public sealed class ClaimMask(IOptionsMonitor<AccessOptions> options)
{
    /// <summary>What stands where a value was.</summary>
    public const string Mask = "•••••";

    /// <summary>The same JSON for a role; members that are masked keep their names, at any depth.</summary>
    /// <param name="json">Claims, or anything that holds them.</param>
    /// <param name="role">Whoever will see it; null for nobody known, who sees least.</param>
    public JsonElement Apply(JsonElement json, string? role)
    {
        var hidden = Hidden(role);
        return hidden is [] || !Holds(json, hidden) ? json : Masked(JsonNode.Parse(json.GetRawText())!, hidden);
    }

    /// <inheritdoc cref="Apply(JsonElement, string?)"/>
    public string Apply(string json, string? role)
    {
        using var document = JsonDocument.Parse(json);
        return Apply(document.RootElement, role).GetRawText();
    }

    /// <summary>True where a member of this name is hidden from a role.</summary>
    public bool Hides(string name, string? role) => Hidden(role).Contains(name, StringComparer.OrdinalIgnoreCase);

    private string[] Hidden(string? role) =>
        role is null || Split(options.CurrentValue.MaskFor).Contains(role, StringComparer.Ordinal)
            ? Split(options.CurrentValue.MaskedClaims)
            : [];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Holds(JsonElement json, string[] hidden) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(member =>
            hidden.Contains(member.Name, StringComparer.OrdinalIgnoreCase) || Holds(member.Value, hidden)),
        JsonValueKind.Array => json.EnumerateArray().Any(item => Holds(item, hidden)),
        _ => false,
    };

    private static JsonElement Masked(JsonNode node, string[] hidden)
    {
        Cover(node, hidden);
        return JsonSerializer.SerializeToElement(node);
    }

    private static void Cover(JsonNode? node, string[] hidden)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(member => member.Key).ToList())
                {
                    if (hidden.Contains(name, StringComparer.OrdinalIgnoreCase))
                    {
                        members[name] = Mask;
                    }
                    else
                    {
                        Cover(members[name], hidden);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Cover(item, hidden);
                }

                break;
        }
    }
}
