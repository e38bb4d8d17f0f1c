using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Core.Scopes;

/// <summary>Reads and writes lists of scopes (RFC 6749 section 3.3). Reads commas too: some systems write them.</summary>
public static class ScopeText
{
    /// <summary>At most this many scopes in one token or request.</summary>
    public const int MostScopes = 50;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!#$%&'()*+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Splits on spaces and commas, drops repetitions, keeps the order.</summary>
    public static IReadOnlyList<string> Split(string? text) => string.IsNullOrWhiteSpace(text)
        ? []
        : [.. text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>One space between two scopes.</summary>
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes);

    /// <summary>True for 1 to 100 of the characters RFC 6749 allows, without the comma that separates; false for null.</summary>
    public static bool IsValid([NotNullWhen(true)] string? scope) =>
        scope is { Length: > 0 and <= 100 } && !scope.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>
    /// What is wrong with a list of scopes, in words that follow the name of the list; null where nothing is. Items may be
    /// null: that is how JSON comes in.
    /// </summary>
    public static string? FaultOf(IReadOnlyCollection<string?> scopes) =>
        scopes.Count > MostScopes ? $"must have at most {MostScopes} items"
        : !scopes.All(IsValid) ? "must hold scopes of 1 to 100 visible ASCII characters without quotes, backslashes or commas"
        : null;
}
