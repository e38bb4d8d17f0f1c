using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>Names the object of an act, says what survives, and asks why; and who it is, where that was too long ago.</summary>
public sealed partial class ReasonDialog
{
    private const int ShortestReason = 3;

    private string _reason = "";
    private string _typed = "";
    private bool _wasSubmitted;
    private ProofFields? _proof;

    [Parameter, EditorRequired]
    public ReasonQuestion Question { get; set; } = null!;

    [Parameter, EditorRequired]
    public DialogAnswer<string> Answer { get; set; } = null!;

    private bool HasReason => !Question.NeedsReason || _reason.Trim().Length >= ShortestReason;

    private bool HasWord => Question.TypedWord is not { } word || string.Equals(_typed.Trim(), word, StringComparison.Ordinal);

    // Nobody is told off before having tried.
    private string? ReasonError => _wasSubmitted && !HasReason ? "Say why, in at least three characters." : null;

    private string? WordError => _wasSubmitted && !HasWord ? "This is not the word." : null;

    private async Task SubmitAsync()
    {
        _wasSubmitted = true;
        if (HasReason && HasWord && (Question.Proof is null || (_proof is not null && await _proof.ProveAsync())))
        {
            Answer.Give(_reason.Trim());
        }
    }
}
