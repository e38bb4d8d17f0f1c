using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Hosting.Tokens;

/// <summary>The report; or, where a failure reference was pasted, that reference; and what the error texts in it mean.</summary>
internal sealed record InspectAnswer(
    TokenReport? Report,
    string? FailureReference,
    string? FoundIn,
    IReadOnlyList<ComparedMember>? Comparison,
    IReadOnlyList<ErrorExplanationJson>? Explanations);

/// <summary>What an error text of a library means.</summary>
/// <param name="Id">Names the text. Stable.</param>
/// <param name="Library">Which library says so.</param>
/// <param name="Platform">What the library is for.</param>
/// <param name="Text">The text, with … where it differs each time.</param>
/// <param name="Cause">Why it says so.</param>
/// <param name="NextStep">What to do, and who can do it.</param>
/// <param name="Code">Signet's own code for the same fault; absent where it has none.</param>
internal sealed record ErrorExplanationJson(
    string Id, string Library, string Platform, string Text, string Cause, string NextStep, string? Code)
{
    /// <summary>One for each known text; null where there is none.</summary>
    public static IReadOnlyList<ErrorExplanationJson>? In(string input) => LibraryErrorCatalogue.FindIn(input) is { Count: > 0 } found
        ? [.. found.Select(Of)]
        : null;

    private static ErrorExplanationJson Of(LibraryError error) => new(
        error.Id, error.Library.Name, error.Library.Platform, error.Text, error.Cause, error.Cure, error.Code);
}
