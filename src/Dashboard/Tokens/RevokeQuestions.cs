using Dashboard.Controls;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Tokens;

/// <summary>What the operator is told and asked before tokens are revoked.</summary>
internal static class RevokeQuestions
{
    /// <summary>Above this many tokens a word has to be typed.</summary>
    public const int TypedWordAbove = 100;

    public const string Word = "REVOKE";

    public static ReasonQuestion One(LedgerEntry entry, BrowserTime time) => new()
    {
        Title = "Revoke this token?",
        Named = $"{entry.Subject} · {entry.TokenId}",
        Consequence = "Callers that ask Signet are refused at once. "
            + (entry.PassesOfflineUntil is { } last ? $"{WhoCannotTell(entry)} until {time.Format(last)}. " : "")
            + "This cannot be undone.",
        Survives = "Its row in the ledger, and every other token of this subject.",
        ActionLabel = "Revoke token",
    };

    private static string WhoCannotTell(LedgerEntry entry) => entry.Kind is TokenKind.LiveKit
        ? "The LiveKit server never asks: it lets its holder in"
        : "An API that validates offline could accept a copy";

    public static ReasonQuestion Selected(RevocationPreview preview, BrowserTime time) => new()
    {
        Title = $"Revoke {CountText.Of(preview.Tokens, "token")}?",
        Named = Reach(preview),
        Consequence = Consequence(preview, time),
        Survives = "Every token that is not selected. The rows stay in the ledger.",
        ActionLabel = $"Revoke {CountText.Of(preview.Tokens, "token")}",
        TypedWord = WordFor(preview),
    };

    public static ReasonQuestion Matching(RevocationPreview preview, BrowserTime time) => new()
    {
        Title = "Revoke everything that matches?",
        Named = Reach(preview),
        Consequence = Consequence(preview, time),
        Survives = "Tokens outside the filter, and tokens issued after this. The rows stay in the ledger.",
        ActionLabel = $"Revoke {CountText.Of(preview.Tokens, "token", preview.IsCapped)}",
        TypedWord = WordFor(preview),
    };

    public static ReasonQuestion CutOff(RevocationScope scope, string value, RevocationPreview preview, BrowserTime time) => new()
    {
        Title = $"Revoke everything of this {NameOf(scope)}?",
        Named = $"{value} · {Reach(preview)}",
        Consequence = Consequence(preview, time),
        Survives = scope is RevocationScope.Family
            ? "Every other family: the client has to ask for consent again. The rows stay in the ledger."
            : $"Tokens issued after this: the {NameOf(scope)} can get new ones. The rows stay in the ledger.",
        ActionLabel = $"Revoke {CountText.Of(preview.Tokens, "token", preview.IsCapped)}",
        TypedWord = WordFor(preview),
    };

    /// <summary>What a selection would reach, counted here because every row is known.</summary>
    public static RevocationPreview PreviewOf(IReadOnlyCollection<LedgerEntry> entries) => new(
        entries.Count,
        entries.Select(entry => entry.Client).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
        entries.Select(entry => entry.Subject).Distinct(StringComparer.Ordinal).Count(),
        false,
        entries.Max(entry => entry.PassesOfflineUntil));

    public static string NameOf(RevocationScope scope) => scope switch
    {
        RevocationScope.Subject => "subject",
        RevocationScope.Client => "client",
        RevocationScope.Key => "key",
        RevocationScope.Session => "session",
        RevocationScope.Family => "family",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "No page offers this cut-off."),
    };

    private static string Reach(RevocationPreview preview) =>
        $"{(preview.IsCapped ? "At least " : "")}{CountText.Of(preview.Tokens, "live token")} of {CountText.Of(preview.Subjects, "subject")}"
        + (preview.Clients is 0 ? "" : $" and {CountText.Of(preview.Clients, "client")}");

    private static string Consequence(RevocationPreview preview, BrowserTime time) =>
        RevocationWords.Consequence(preview.LastExpiryAt, time);

    private static string? WordFor(RevocationPreview preview) => preview.Tokens > TypedWordAbove ? Word : null;
}
