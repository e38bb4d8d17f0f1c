namespace Dashboard.Controls;

/// <summary>What <see cref="ReasonDialog"/> says before it asks for a reason.</summary>
public sealed record ReasonQuestion
{
    public required string Title { get; init; }

    /// <summary>The object that the act is about, as the operator knows it.</summary>
    public required string Named { get; init; }

    /// <summary>What happens at once.</summary>
    public required string Consequence { get; init; }

    /// <summary>What is left untouched.</summary>
    public required string Survives { get; init; }

    /// <summary>The act in a word or two: "Revoke token".</summary>
    public required string ActionLabel { get; init; }

    /// <summary>A word that has to be typed, for acts on many things at once.</summary>
    public string? TypedWord { get; init; }
}
