using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Hosting;

namespace Dashboard.App;

/// <summary>An entry of the audit log as pages say it: in words, and with a link where its object has a page.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Title">What was done.</param>
/// <param name="Reason">Why; null where nobody said.</param>
/// <param name="Href">The object's page; null where it has none.</param>
/// <param name="Policy">What one must be allowed to open it.</param>
internal sealed record ChangeLine(AuditRecord Record, string Title, string? Reason, string? Href, string Policy)
{
    private const string Ended = "session.ended";
    private const string CutOff = "tokens.cut_off";
    private const string Session = "session";
    private const string Client = "client";

    /// <summary>The entries as lines. A session that ends takes its tokens along: that is one line, not two.</summary>
    public static IReadOnlyList<ChangeLine> Of(IReadOnlyList<AuditRecord> changes)
    {
        var ended = changes.Where(change => change.Entry.Action is Ended).Select(change => change.Entry.ObjectId).ToHashSet(StringComparer.Ordinal);
        return [.. changes.Where(change => !IsCutOffOfSession(change.Entry) || !ended.Contains(change.Entry.ObjectId)).Select(Line)];
    }

    private static ChangeLine Line(AuditRecord change)
    {
        var entry = change.Entry;
        return new ChangeLine(
            change,
            IsCutOffOfSession(entry) ? "Tokens ended with their session" : Sentence(entry.Action),
            entry.Action is Ended ? entry.Reason ?? Words(ReasonIn(entry.After)) : IsCutOffOfSession(entry) ? Words(entry.Reason) : entry.Reason,
            HrefOf(entry),
            entry switch
            {
                { ObjectKind: "revocation" } => Policies.ManageTokens,
                { ObjectKind: Session, Action: not CutOff } => Policies.ReadSessions,
                { ObjectKind: Client, Action: not CutOff } => Policies.ReadClients,
                _ => Policies.ReadTokens,
            });
    }

    private static bool IsCutOffOfSession(AuditEntry entry) => entry is { Action: CutOff, ObjectKind: Session };

    private static string? HrefOf(AuditEntry entry)
    {
        var id = Uri.EscapeDataString(entry.ObjectId);
        return entry.ObjectKind switch
        {
            "token" => $"/tokens/{id}",
            "revocation" => $"/tokens/revocations/{id}",
            "failure" => $"/failures/{id}",
            Session when entry.Action is not CutOff => $"/sessions/{id}",
            Client when entry.Action is not CutOff => $"/clients/{id}",
            // What was cut off is a list, not an object.
            "subject" or Client or "key" or Session when entry.Action is CutOff => $"/tokens?{entry.ObjectKind}={id}",
            _ => null,
        };
    }

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

        using var state = JsonDocument.Parse(after);
        return state.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
    }
}
