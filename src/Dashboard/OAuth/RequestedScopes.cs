using Dashboard.Core.Scopes;

namespace Dashboard.OAuth;

/// <summary>Reads the parameter <c>scope</c> exactly as RFC 6749 section 3.3 writes it: nothing is repaired, nothing is guessed.</summary>
internal static class RequestedScopes
{
    private const int Longest = 1_000;

    /// <summary>What is wrong with the parameter; null where it is absent or good.</summary>
    public static OAuthRefusal? FaultOf(string? text, out IReadOnlyList<string> scopes)
    {
        scopes = text is { Length: <= Longest } ? [.. text.Split(' ').Distinct(StringComparer.Ordinal)] : [];
        return text is { Length: > Longest } || ScopeText.FaultOf(scopes) is not null
            ? OAuthRefusal.Create(
                "invalid_scope",
                $"The scope must be at most {ScopeText.MostScopes} items with one space between two, {Longest} characters in all.")
            : null;
    }
}
