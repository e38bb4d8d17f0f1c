using Dashboard.Controls;
using Dashboard.Core.Agents;

namespace Dashboard.Agents;

/// <summary>What an administrator is told and asked before agents or their keys change.</summary>
internal static class AgentQuestions
{
    public static ReasonQuestion Create(AgentKeyDraft draft) => new()
    {
        Title = "Make an agent key?",
        Named = draft.Label,
        Consequence = "A key is shown to you once. Whoever has it registers one agent"
            + (draft.AllowedTypes is [] ? "" : $" of type {string.Join(" or ", draft.AllowedTypes)}")
            + (draft.Lifetime is { } length ? $", for {DurationText.Of(length)} from now." : ", for ever."),
        ActionLabel = "Make key",
        IsDestructive = false,
    };

    public static ReasonQuestion Rotate(AgentKey key, TimeSpan overlap) => new()
    {
        Title = "Rotate this agent key?",
        Named = NameOf(key),
        Consequence = "A new secret is shown to you once. "
            + (overlap == TimeSpan.Zero ? "The one before is refused at once." : $"The one before works for {DurationText.Of(overlap)} more.")
            + (key.Secrets.Count > 1 ? " What still worked from the rotation before ends now." : ""),
        Survives = "Its agent and the tokens it has: both secrets are one key.",
        ActionLabel = "Rotate key",
        IsDestructive = overlap == TimeSpan.Zero,
    };

    public static ReasonQuestion SetEnabled(AgentKey key, bool isEnabled) => new()
    {
        Title = isEnabled ? "Enable this agent key?" : "Disable this agent key?",
        Named = NameOf(key),
        Consequence = isEnabled
            ? "Whoever has it can register an agent again, and tokens of its agent that have not expired work again."
            : "Nobody registers with it, and every token of its agent is refused at once.",
        Survives = isEnabled ? null : "The registration of its agent, until it has been silent for long. You can enable the key again.",
        ActionLabel = isEnabled ? "Enable key" : "Disable key",
        IsDestructive = !isEnabled,
    };

    public static ReasonQuestion Delete(AgentKey key) => new()
    {
        Title = "Delete this agent key?",
        Named = NameOf(key),
        Consequence = "Nobody registers with it any more. This cannot be undone.",
        Survives = "What the logs say of it.",
        ActionLabel = "Delete key",
    };

    public static ReasonQuestion Remove(Agent agent) => new()
    {
        Title = "Remove this agent?",
        Named = $"{agent.Profile.Name} · {agent.Id}",
        Consequence = "Its registration ends, and every token of it is revoked.",
        Survives = "Its key: with that it can register again. Disable the key to keep it out.",
        ActionLabel = "Remove agent",
    };

    private static string NameOf(AgentKey key) => $"{key.Label} · {key.Prefix}…";
}
