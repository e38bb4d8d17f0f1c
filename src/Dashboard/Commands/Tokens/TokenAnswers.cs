using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting;

namespace Dashboard.Commands.Tokens;

/// <summary>What commands about tokens say.</summary>
internal static class TokenAnswers
{
    public static int Unknown(CommandRun run) => run.Refuse(
        ErrorCode.NotFound.Name, "No token with this jti was issued here, or it was purged after its retention. See: tokens list.");

    /// <summary>What holds at once, where it does not hold yet, and that it is for good.</summary>
    /// <param name="lastExpiryAt">Until when a copy could still pass at an API that validates offline; null for no time.</param>
    public static string Consequence(DateTimeOffset? lastExpiryAt) =>
        "Callers that ask Signet are refused at once. "
        + (lastExpiryAt is { } last ? $"APIs that validate offline could accept copies until {CommandText.Time(last)}. " : "")
        + "This cannot be undone.";

    /// <summary>How many tokens of how many are reached: "At least 10,000 live tokens of 3 subjects and 2 clients".</summary>
    public static string Reach(RevocationPreview preview) =>
        $"{(preview.IsCapped ? "At least " : "")}{Count(preview.Tokens, "live token")} of {Count(preview.Subjects, "subject")}"
        + (preview.Clients is 0 ? "" : $" and {Count(preview.Clients, "client")}");

    public static string Count(long number, string thing) => $"{CommandText.Number(number)} {thing}{(number is 1 ? "" : "s")}";
}
