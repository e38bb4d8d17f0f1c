using System.Text.Json;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>One member that two tokens have in common or not.</summary>
/// <param name="Part"><c>header</c> or <c>claims</c>.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Left">The first token's value as JSON; null where it has none.</param>
/// <param name="Right">The second token's value as JSON; null where it has none.</param>
/// <param name="IsSame">Whether both have the same, also where the values are not shown.</param>
public sealed record ComparedMember(string Part, string Name, string? Left, string? Right, bool IsSame);

/// <summary>Lays two tokens side by side, claim by claim. Verifies nothing.</summary>
public static class TokenComparison
{
    /// <summary>Every member of either token, header first; null where one of the two cannot be read.</summary>
    public static IReadOnlyList<ComparedMember>? Compare(string left, string right) =>
        TokenParser.Parse(left, out _) is { } first && TokenParser.Parse(right, out _) is { } second
            ? [.. Members("header", first.Header, second.Header), .. Members("claims", first.Claims, second.Claims)]
            : null;

    private static IEnumerable<ComparedMember> Members(string part, JsonElement left, JsonElement right) =>
        left.EnumerateObject().Concat(right.EnumerateObject())
            .Select(member => member.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Left: Raw(left, name), Right: Raw(right, name)))
            .Select(member => new ComparedMember(part, member.Name, member.Left, member.Right, member.Left == member.Right));

    private static string? Raw(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetRawText() : null;
}
