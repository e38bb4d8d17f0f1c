using Dashboard.Hosting;

namespace Dashboard.Failures;

/// <summary>What a code means where many were refused with it: seen from above, not from one report.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Cause">Why it happens, in a sentence.</param>
/// <param name="NextStep">What to do, and who can do it.</param>
internal sealed record CodeWords(string Title, string Cause, string NextStep)
{
    public const string OpenReport = "Open one of the reports below: it says what was sent and what was wrong with it.";

    /// <summary>The words for a code; one that nobody knows is its own title.</summary>
    public static CodeWords Of(string code) =>
        TokenRefusalWords.Of(code) ?? AccountRefusalWords.Of(code) ?? OAuthRefusalWords.Of(code)
        ?? new CodeWords(code is "" ? "Without a code" : code, "Nothing more is known of this code.", OpenReport);

    /// <summary>The page that explains a code; null where none does.</summary>
    public static string? HrefOf(string code) =>
        ProblemCatalogue.Find(code) is { } known ? $"/docs/problems/{known.Kind.Slug}" : null;
}
