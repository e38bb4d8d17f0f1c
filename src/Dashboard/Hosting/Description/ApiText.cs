namespace Dashboard.Hosting.Description;

/// <summary>Comments as text: their lines were broken for the source, not for readers.</summary>
internal static class ApiText
{
    /// <summary>The text in one line; null for none.</summary>
    public static string? OneLine(string? text) => text is null
        ? null
        : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
