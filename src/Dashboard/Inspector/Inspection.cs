using Dashboard.Controls;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Inspector;

/// <summary>A token that was pasted, where it was found, and what there is to say about it. Lives in the page alone.</summary>
public sealed record Inspection(PastedText.Token Found, TokenReport Report)
{
    /// <summary>The checks as the list shows them.</summary>
    public IReadOnlyList<CheckLine> Checks { get; } =
    [
        .. Report.Checks.Select(check => new CheckLine(check.Name, check.Title, MarkOf(check.Status), check.Code, check.Detail)),
    ];

    /// <summary>Where the token stood, in words; null where it was all there was.</summary>
    public string? FoundIn => (Found.FoundIn, Found.Others) switch
    {
        (null, _) => null,
        ({ } place, 0) => $"Read out of {place}",
        ({ } place, 1) => $"Read out of {place}; 1 other token in the text was left aside",
        ({ } place, var others) => $"Read out of {place}; {others} other tokens in the text were left aside",
    };

    private static CheckMark MarkOf(CheckStatus status) => status switch
    {
        CheckStatus.Passed => CheckMark.Passed,
        CheckStatus.Failed => CheckMark.Failed,
        _ => CheckMark.NotReached,
    };
}
