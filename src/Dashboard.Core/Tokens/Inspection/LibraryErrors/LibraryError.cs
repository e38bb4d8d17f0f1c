using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>What a library says when it refuses a token, and what that means.</summary>
public sealed record LibraryError
{
    /// <summary>Stands for whatever a library writes at that place: a time, a name, an algorithm.</summary>
    public const char Gap = '…';

    /// <summary>Names it in addresses and answers. Stable.</summary>
    public required string Id { get; init; }

    public required ErrorLibrary Library { get; init; }

    /// <summary>The message; <see cref="Gap"/> where something else stands each time.</summary>
    public required string Text { get; init; }

    /// <summary>Why the library says so, in a sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do, and who can do it.</summary>
    public required string Cure { get; init; }

    /// <summary>Signet's own code for the same fault; null where the fault is not one of the token.</summary>
    public string? Code { get; init; }

    /// <summary>What finds it alone when it is searched for: its number where it has one, or else its message.</summary>
    public string SearchText =>
        Text.StartsWith("IDX", StringComparison.Ordinal) ? Text[..Text.IndexOf(':', StringComparison.Ordinal)] : Text;

    internal IReadOnlyList<ErrorPattern> Patterns { get; init; } = [];
}

/// <summary>One line of a catalogue.</summary>
/// <param name="Id">Without the library's part.</param>
/// <param name="Text">The message, with gaps.</param>
/// <param name="Cause">Why.</param>
/// <param name="Cure">What to do.</param>
/// <param name="Refusal">Signet's own name for it.</param>
internal sealed record KnownText(string Id, string Text, string Cause, string Cure, TokenRefusal? Refusal = null)
{
    /// <summary>Other ways in which versions write it, and the name of its exception or code.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>
    /// True where the message is made of everyday words: it is believed only where nothing else stands on its line or between its
    /// quotes. What <see cref="Also"/> says is believed anywhere.
    /// </summary>
    public bool IsCommon { get; init; }

    public LibraryError Of(ErrorLibrary library, string prefix) => new()
    {
        Id = $"{prefix}-{Id}",
        Library = library,
        Text = Text,
        Cause = Cause,
        Cure = Cure,
        Code = Refusal?.Code,
        Patterns = [new ErrorPattern(Text, IsCommon), .. Also.Select(text => new ErrorPattern(text, isAlone: false))],
    };
}
