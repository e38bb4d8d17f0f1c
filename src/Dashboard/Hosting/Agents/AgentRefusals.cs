using Dashboard.Core.Agents;

namespace Dashboard.Hosting.Agents;

/// <summary>Why a key was not changed, in one sentence for pages and answers alike.</summary>
internal static class AgentRefusals
{
    public static string Describe(AgentKeyChange change) => change switch
    {
        AgentKeyChange.Unknown => "There is no agent key with this id.",
        AgentKeyChange.InUse => "An agent is registered with this key. Disable the key, or remove the agent first.",
        AgentKeyChange.Configured =>
            "This key is named by AGENT_KEYS and can only be changed there. Name another one there, and disable this one here.",
        AgentKeyChange.Invalid { Faults: [var fault, ..] } => $"{fault.Field} {fault.Message}.",
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };
}
