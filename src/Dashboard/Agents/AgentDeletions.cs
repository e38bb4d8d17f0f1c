using Dashboard.Hosting;

namespace Dashboard.Agents;

/// <summary>What comes with a deletion: in the body or, for callers that cannot send one with DELETE, in the query.</summary>
internal static class AgentDeletions
{
    private const int Shortest = 3;
    private const int Longest = 500;
    private const string Trial = "dry_run";

    /// <summary>True for anything but a clear no: whoever writes <c>?dry_run=1</c> must not find it done.</summary>
    public static bool IsTrial(AgentDeletionRequest? body, HttpRequest request) =>
        body?.DryRun is true
        || (request.Query.TryGetValue(Trial, out var value) && !(bool.TryParse(value, out var asked) && !asked));

    /// <summary>Null where none is given, or none that says anything.</summary>
    public static string? ReasonOf(AgentDeletionRequest? body, HttpRequest request)
    {
        var reason = (body?.Reason ?? request.Query["reason"].ToString()).Trim();
        return reason.Length is >= Shortest and <= Longest ? reason : null;
    }

    public static ProblemResult ReasonMissing() =>
        Problems.Invalid(new ValidationError("reason", $"must be between {Shortest} and {Longest} characters"));
}

/// <summary>Why something goes, or whether it only shall be told what would.</summary>
public sealed record AgentDeletionRequest(string? Reason, bool? DryRun);
