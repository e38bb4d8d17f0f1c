using Dashboard.Core.Primitives;

namespace Dashboard.Core.Agents;

/// <summary>What somebody asks for in a key.</summary>
/// <param name="Label">What it is for.</param>
/// <param name="Lifetime">From now on; null for one that never expires.</param>
/// <param name="AllowedTypes">The types of agents that may register with it, in small letters; empty for every allowed one.</param>
public sealed record AgentKeyDraft(string Label, TimeSpan? Lifetime, IReadOnlyList<string> AllowedTypes);

/// <summary>What became of a key. Nothing changed unless it says so.</summary>
public abstract record AgentKeyChange
{
    private AgentKeyChange()
    {
    }

    /// <summary>It is so now.</summary>
    /// <param name="Key">As it was stored.</param>
    /// <param name="Secret">A new secret, shown this once; null where none was made.</param>
    public sealed record Changed(AgentKey Key, string? Secret = null) : AgentKeyChange
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Key.Id;
    }

    /// <summary>It was so before.</summary>
    public sealed record Already(AgentKey Key) : AgentKeyChange;

    public sealed record Deleted(AgentKey Key) : AgentKeyChange;

    public sealed record Unknown : AgentKeyChange;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : AgentKeyChange;

    /// <summary>An agent is registered with it.</summary>
    public sealed record InUse(AgentKey Key) : AgentKeyChange;

    /// <summary>The configuration names it: only there can it be changed or taken away. It can be disabled here.</summary>
    public sealed record Configured(AgentKey Key) : AgentKeyChange;
}
