using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Audit.Pruning;

namespace Dashboard.Core.Audit.Verifying;

/// <summary>A verification that came to its end.</summary>
/// <param name="Found">What it found.</param>
/// <param name="Basis">What it was held against.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="At">When it ended.</param>
public sealed record AuditProof(AuditVerification Found, AuditBasis Basis, string By, DateTimeOffset At)
{
    internal const string Action = "audit.verified";

    internal AuditEntry ToEntry(Actor who) => new(
        who,
        Action,
        "audit",
        "log",
        After: AuditJson.Write(
            ("intact", Found.Intact ? "true" : "false"),
            ("verified", Text(Found.Verified)),
            ("first_broken", Text(Found.FirstBroken)),
            ("fault", Found.Fault),
            ("attested_to", Text(Basis.AttestedTo)),
            ("checkpoints", Text(Basis.Checkpoints)),
            ("unusable_checkpoints", Text(Basis.Unusable)),
            ("pruned_to", Text(Found.Pruned?.Number)),
            ("pruned_at", Text(Found.Pruned?.At.ToUnixTimeMilliseconds())),
            ("pruned_key", Found.Pruned?.KeyId)));

    /// <summary>Reads what <see cref="ToEntry"/> wrote; null where somebody else wrote something else.</summary>
    internal static AuditProof? Of(AuditRecord record)
    {
        try
        {
            var members = JsonSerializer.Deserialize<Dictionary<string, string>>(record.Entry.After ?? "{}") ?? [];
            return members.TryGetValue("intact", out var intact)
                ? new AuditProof(
                    new AuditVerification(
                        intact is "true",
                        Number(members, "verified") ?? 0,
                        Number(members, "first_broken"),
                        members.GetValueOrDefault("fault"))
                    {
                        Pruned = PrunedOf(members),
                    },
                    new AuditBasis(
                        Number(members, "attested_to"),
                        (int)(Number(members, "checkpoints") ?? 0),
                        (int)(Number(members, "unusable_checkpoints") ?? 0)),
                    record.Entry.Who.Name,
                    record.At)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AuditPruned? PrunedOf(Dictionary<string, string> members) =>
        Number(members, "pruned_to") is { } number && PruningText.TryReadTime(members.GetValueOrDefault("pruned_at"), out var at)
            ? new AuditPruned(number, at, members.GetValueOrDefault("pruned_key") ?? "")
            : null;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(Dictionary<string, string> members, string name) =>
        long.TryParse(members.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a verification was held against, beside the chain itself.</summary>
/// <param name="AttestedTo">How many entries the farthest checkpoint attests; null where there was none.</param>
/// <param name="Checkpoints">How many checkpoints that were.</param>
/// <param name="Unusable">How many of those in the store could not be relied on: damaged, or signed by a key that was revoked.</param>
public sealed record AuditBasis(long? AttestedTo, int Checkpoints, int Unusable);
