namespace Dashboard.Core.Scopes;

/// <summary>Reads the path out of a request's target as every server reads it, or not at all.</summary>
public static class RequestTarget
{
    // What one server takes for a separator or a dot, and another for a part of a name.
    private static readonly string[] Doubtful = ["%2f", "%5c", "%2e", "%00", "\\"];

    /// <summary>
    /// The path of a target such as <c>/a//b%20c?d</c>, decoded and without repeated slashes; null where two servers could
    /// see two different paths in it.
    /// </summary>
    public static string? PathOf(string target)
    {
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        if (!path.StartsWith('/') || Array.Exists(Doubtful, text => path.Contains(text, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var segments = Uri.UnescapeDataString(path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(segments, IsDoubtful) ? null : "/" + string.Join('/', segments);
    }

    // Many servers drop what follows a semicolon before they choose who answers; others do not.
    private static bool IsDoubtful(string segment) =>
        segment is "." or ".." || segment.Contains(';', StringComparison.Ordinal) || segment.Any(char.IsControl);
}
