using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Inspector;

/// <summary>One paste field and what came of it. Only the token is kept, never the text around it.</summary>
internal sealed class InspectedText
{
    /// <summary>The token that was found; null while the field is empty.</summary>
    public PastedText.Token? Found { get; set; }

    /// <summary>The known error texts that stand around it, or by themselves: of the text, only that they were there.</summary>
    public IReadOnlyList<LibraryError> Errors { get; set; } = [];

    /// <summary>The newest answer; null while there is none.</summary>
    public Inspection? Result { get; set; }

    /// <summary>True where the end of the text was not read.</summary>
    public bool WasCut { get; set; }

    /// <summary>True where there is nothing to say anything about.</summary>
    public bool IsEmpty => Found is null && Errors is [];

    public void Clear() => (Found, Errors, Result, WasCut) = (null, [], null, false);
}
