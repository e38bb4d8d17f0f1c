using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>Names the object of a destructive act, says what survives, and asks why.</summary>
public sealed partial class ReasonDialog
{
    private const int ShortestReason = 3;

    private string _reason = "";
    private string _typed = "";
    private bool _wasSubmitted;

    [Parameter, EditorRequired]
    public ReasonQuestion Question { get; set; } = null!;

    [Parameter, EditorRequired]
    public DialogAnswer<string> Answer { get; set; } = null!;

    private bool HasReason => _reason.Trim().Length >= ShortestReason;

    private bool HasWord => Question.TypedWord is not { } word || string.Equals(_typed.Trim(), word, StringComparison.Ordinal);

    // Nobody is told off before having tried.
    private string? ReasonError => _wasSubmitted && !HasReason ? "Say why, in at least three characters." : null;

    private string? WordError => _wasSubmitted && !HasWord ? "This is not the word." : null;

    private void Submit()
    {
        _wasSubmitted = true;
        if (HasReason && HasWord)
        {
            Answer.Give(_reason.Trim());
        }
    }
}
