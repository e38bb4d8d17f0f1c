namespace Dashboard.Controls;

/// <summary>What <see cref="ReasonDialog"/> says before it asks for a reason.</summary>
public sealed record ReasonQuestion
{
    public required string Title { get; init; }

    /// <summary>The object that the act is about, as the operator knows it.</summary>
    public required string Named { get; init; }

    /// <summary>What happens at once.</summary>
    public required string Consequence { get; init; }

    /// <summary>What is left untouched; null where that goes without saying.</summary>
    public string? Survives { get; init; }

    /// <summary>The act in a word or two: "Revoke token".</summary>
    public required string ActionLabel { get; init; }

    /// <summary>False for acts on one's own account, which need no reason.</summary>
    public bool NeedsReason { get; init; } = true;

    /// <summary>False for acts that take nothing away.</summary>
    public bool IsDestructive { get; init; } = true;

    /// <summary>A word that has to be typed, for acts on many things at once.</summary>
    public string? TypedWord { get; init; }

    /// <summary>How the operator proves that it is them; null where they did so lately.</summary>
    public ProofQuestion? Proof { get; init; }
}
