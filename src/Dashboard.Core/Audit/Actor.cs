namespace Dashboard.Core.Audit;

/// <summary>Who does something: a person, a command or Signet itself.</summary>
/// <param name="Name">An operator's name, <c>cli:&lt;os user&gt;</c>, <c>client:&lt;id&gt;</c>, or <c>signet</c>.</param>
/// <param name="Role">The role at that moment; null for Signet itself and for commands.</param>
/// <param name="Ip">The address the request came from; null where there was none.</param>
/// <param name="Session">The public name of the session; null where there was none.</param>
public sealed record Actor(string Name, string? Role = null, string? Ip = null, string? Session = null)
{
    private const string CommandPrefix = "cli:";
    private const string ClientPrefix = "client:";

    /// <summary>Signet acting by itself: first start, background work.</summary>
    public static readonly Actor Signet = new("signet");

    /// <summary>
    /// When the person last proved that it is them, in the way that counts for them (second factor where they have one);
    /// null where they did not. Not part of what the audit log keeps.
    /// </summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>
    /// True for Signet itself and for commands on the server, which may everything. No operator can be called that with a
    /// null role: theirs is never null.
    /// </summary>
    public bool IsSystem =>
        Role is null && (Name == Signet.Name || Name.StartsWith(CommandPrefix, StringComparison.Ordinal));

    /// <summary>A client that acts for itself; no operator can be called that.</summary>
    public static Actor OfClient(string clientId, string? ip) => new(ClientPrefix + clientId, Ip: ip);

    /// <summary>A command on the server, with the operating system's name of whoever runs it.</summary>
    public static Actor OfCommand(string osUser) => new(CommandPrefix + osUser);
}
