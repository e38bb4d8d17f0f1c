namespace Dashboard.Controls;

/// <summary>How a check ended, as <see cref="CheckList"/> shows it.</summary>
public enum CheckMark
{
    Passed,
    Failed,
    NotReached,
}

/// <summary>One check of a list.</summary>
/// <param name="Name">Its short name, unique in the list.</param>
/// <param name="Title">The question it answers.</param>
/// <param name="Mark">How it ended.</param>
/// <param name="Code">The code it fails with; null where it did not fail.</param>
/// <param name="Detail">One sentence with the facts.</param>
public sealed record CheckLine(string Name, string Title, CheckMark Mark, string? Code, string Detail);
