using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Verifying;

namespace Dashboard.Hosting.Audit;

/// <summary>What is said of the log.</summary>
internal static class AuditWords
{
    /// <summary>How many entries a page of a search looks at.</summary>
    public static readonly string LookedAt = Entries(AuditLog.MostLooked);

    /// <summary>What a verification found, in a sentence.</summary>
    public static string Describe(AuditProof proof) => proof.Found.Intact
        ? $"All {Entries(proof.Found.Verified)} are in place and unchanged."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Entries(proof.Found.Verified)} are in place and unchanged; entry {proof.Found.FirstBroken:N0} is not. {proof.Found.Fault}");

    /// <summary>What it was held against, in a sentence.</summary>
    public static string Describe(AuditBasis basis) => basis.AttestedTo is { } number
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Held against {Checkpoints(basis.Checkpoints)}; the farthest attests {number:N0} entries.")
        : "There was no checkpoint to hold it against, so entries at the end could be gone together with every trace of them.";

    /// <summary>What is to be known of checkpoints that were of no use; null where there were none.</summary>
    public static string? DescribeUnusable(AuditBasis basis) => basis.Unusable is 0
        ? null
        : $"{Checkpoints(basis.Unusable)} in the store could not be relied on: damaged, or signed by a key that was "
            + "revoked or is gone.";

    /// <summary>What was pruned before the entries that are left, in a sentence; null where nothing was.</summary>
    public static string? Describe(AuditPruned? pruned) => pruned is null
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Entries 1 to {pruned.Number:N0} were pruned on {pruned.At.UtcDateTime:yyyy-MM-dd}, signed by key {pruned.KeyId}.");

    private static string Checkpoints(int number) =>
        number is 1 ? "1 checkpoint" : string.Create(CultureInfo.InvariantCulture, $"{number:N0} checkpoints");

    private static string Entries(long number) =>
        number is 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{number:N0} entries");
}
