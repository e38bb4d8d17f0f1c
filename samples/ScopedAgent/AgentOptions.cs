namespace ScopedAgent;

/// <summary>What this agent says of itself. Bound from <c>Agent</c>.</summary>
internal sealed class AgentOptions
{
    public const string Section = "Agent";

    public string Name { get; set; } = "scoped-agent";

    /// <summary>Where others reach it; null for the address that a request came to.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// Lets callers without a token reach the skills, which then ask for one themselves. Without it they are answered with 401.
    /// A token that is shown is judged either way.
    /// </summary>
    public bool Open { get; set; }
}
