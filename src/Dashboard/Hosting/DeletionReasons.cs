namespace Dashboard.Hosting;

/// <summary>Why something goes: in the body or, for callers that cannot send one with DELETE, in the query.</summary>
internal static class DeletionReasons
{
    private const int Shortest = 3;
    private const int Longest = 500;

    /// <summary>Null where none is given, or none that says anything.</summary>
    public static string? Of(string? inBody, HttpRequest request)
    {
        var reason = (inBody ?? request.Query["reason"].ToString()).Trim();
        return reason.Length is >= Shortest and <= Longest ? reason : null;
    }

    public static ProblemResult Missing() =>
        Problems.Invalid(new ValidationError("reason", $"must be between {Shortest} and {Longest} characters"));
}
