using System.Text.Json;
using Dashboard.Core.Audit;

namespace Dashboard.App;

/// <summary>An entry of the audit log as pages say it: in words, and with a link where its object has a page.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Title">What was done.</param>
/// <param name="Reason">Why; null where nobody said.</param>
/// <param name="Href">The object's page; null where it has none.</param>
/// <param name="Policy">What one must be allowed to open it.</param>
public sealed record ChangeLine(AuditRecord Record, string Title, string? Reason, string? Href, string Policy)
{
    private const string Ended = "session.ended";
    private const string CutOff = "tokens.cut_off";
    private const string Session = "session";

    /// <summary>The entries as lines. A session that ends takes its tokens along: that is one line, not two.</summary>
    public static IReadOnlyList<ChangeLine> Of(IReadOnlyList<AuditRecord> changes)
    {
        var ended = changes.Where(change => change.Entry.Action is Ended).Select(change => change.Entry.ObjectId).ToHashSet(StringComparer.Ordinal);
        return [.. changes.Where(change => !IsCutOffOfSession(change.Entry) || !ended.Contains(change.Entry.ObjectId)).Select(Line)];
    }

    /// <summary>One entry as a line, whatever else stands beside it.</summary>
    public static ChangeLine Line(AuditRecord change)
    {
        var entry = change.Entry;
        var (href, policy) = ChangedObject.PageOf(entry);
        return new ChangeLine(
            change,
            IsCutOffOfSession(entry) ? "Tokens ended with their session" : Sentence(entry.Action),
            entry.Action is Ended ? entry.Reason ?? Words(ReasonIn(entry.After)) : IsCutOffOfSession(entry) ? Words(entry.Reason) : entry.Reason,
            href,
            policy);
    }

    private static bool IsCutOffOfSession(AuditEntry entry) => entry is { Action: CutOff, ObjectKind: Session };

    // "token.revoked" reads as "Token revoked".
    private static string Sentence(string action) => action.Length is 0
        ? action
        : string.Concat(action[..1].ToUpperInvariant(), action.AsSpan(1)).Replace('.', ' ').Replace('_', ' ');

    // "signed-out" is a word of the store.
    private static string? Words(string? code) => code?.Replace('-', ' ');

    private static string? ReasonIn(string? after)
    {
        if (after is null)
        {
            return null;
        }

        try
        {
            using var state = JsonDocument.Parse(after);
            return state.RootElement is { ValueKind: JsonValueKind.Object } members
                && members.TryGetProperty("reason", out var reason) && reason.ValueKind is JsonValueKind.String
                    ? reason.GetString()
                    : null;
        }
        catch (JsonException)
        {
            // Somebody wrote into the store: the log is shown all the same.
            return null;
        }
    }
}
