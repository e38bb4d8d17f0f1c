using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Operators;

/// <summary>What the operators page's address says: whom it lists.</summary>
/// <param name="Search">Part of the user name; null for all.</param>
/// <param name="Role">Only those with it; null for all.</param>
internal sealed record OperatorsAddress(string? Search, string? Role)
{
    public const string Path = "/operators";

    public const string New = $"{Path}/new";

    public static readonly OperatorsAddress Everybody = new(null, null);

    /// <summary>What is no role does not filter.</summary>
    public static OperatorsAddress Of(string? search, string? role) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        Roles.Exists(role) ? role : null);

    public static string OfOperator(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>The page of their sessions.</summary>
    public static string OfSessions(string userName) => $"/sessions?operator={Uri.EscapeDataString(userName)}";

    public bool Matches(OperatorAccount account) =>
        (Role is null || account.Role == Role)
        && (Search is null || account.UserName.Contains(Search, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => QueryHelpers.AddQueryString(
        Path,
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["search"] = Search, ["role"] = Role }.Where(pair => pair.Value is not null));
}
