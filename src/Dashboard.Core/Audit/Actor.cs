namespace Dashboard.Core.Audit;

/// <summary>Who does something: a person, a command or Signet itself.</summary>
/// <param name="Name">An operator's name, <c>cli:&lt;os user&gt;</c>, or <c>signet</c>.</param>
/// <param name="Role">The role at that moment; null for Signet itself.</param>
/// <param name="Ip">The address the request came from; null where there was none.</param>
/// <param name="Session">The public name of the session; null where there was none.</param>
public sealed record Actor(string Name, string? Role = null, string? Ip = null, string? Session = null)
{
    /// <summary>Signet acting by itself: first start, background work.</summary>
    public static readonly Actor Signet = new("signet");
}
