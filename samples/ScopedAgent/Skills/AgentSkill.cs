namespace ScopedAgent.Skills;

/// <summary>Something that the agent can do, as its card says it.</summary>
internal sealed record AgentSkill(string Id, string Name, string Description, string[] Tags)
{
    /// <summary>What it does for a caller, with a text.</summary>
    public required Func<Caller, string, string> Answer { get; init; }
}
