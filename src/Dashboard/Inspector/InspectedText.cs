using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Inspector;

/// <summary>One paste field and what came of it. Only the token is kept, never the text around it.</summary>
internal sealed class InspectedText
{
    /// <summary>The token that was found; null while the field is empty.</summary>
    public PastedText.Token? Found { get; set; }

    /// <summary>The newest answer; null while there is none.</summary>
    public Inspection? Result { get; set; }

    /// <summary>True where the end of the text was not read.</summary>
    public bool WasCut { get; set; }

    public void Clear() => (Found, Result, WasCut) = (null, null, false);
}
