namespace Dashboard.Core.Events.Rollups;

/// <summary>Which refusals to count; null members do not filter.</summary>
/// <param name="Code">The stable code, such as <c>TOKEN_EXPIRED</c>.</param>
/// <param name="Client">The client that asked, or whose token it was.</param>
/// <param name="Endpoint">The method and path.</param>
/// <param name="Address">The peer's address.</param>
/// <param name="Subject">Whoever the token speaks for, or the name of the account.</param>
public sealed record RefusalFilter(
    string? Code = null, string? Client = null, string? Endpoint = null, string? Address = null, string? Subject = null)
{
    /// <summary>Everything.</summary>
    public static readonly RefusalFilter None = new();
}
