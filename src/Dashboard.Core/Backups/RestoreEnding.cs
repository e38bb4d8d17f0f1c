using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Backups;

/// <summary>What a restore ends with, once however often it is interrupted: the cut-off of everything before it, and its audit entry.</summary>
internal sealed class RestoreEnding(SystemSecrets secrets, IRevocationStore revocations, AuditLog audit)
{
    /// <summary>The table that the cut-off goes to.</summary>
    public const string Revocations = "revocations";

    private const string Action = "store.restored";

    public async Task RunAsync(RestorePlan plan, RestoreTerms terms, Actor who, CancellationToken cancellationToken)
    {
        // The chain goes on under the key that came with the backup.
        await secrets.LoadAsync(cancellationToken);
        if (!terms.KeepsTokens && await revocations.FindAsync(terms.CutOffId, cancellationToken) is null)
        {
            await revocations.AddAsync(CutOff(plan, terms, who), EntryOfCutOff(plan, who), cancellationToken);
        }

        var newest = await audit.FindNewestAsync(cancellationToken);
        if (newest?.Entry is not { Action: Action } written || written.ObjectId != plan.Backup.Header.Id)
        {
            await audit.RecordReadAsync(EntryOf(plan, terms, who), cancellationToken);
        }
    }

    private static TokenRevocation CutOff(RestorePlan plan, RestoreTerms terms, Actor who) => new(
        terms.CutOffId,
        RevocationScope.All,
        "",
        new LedgerFilter(),
        terms.At,
        new RevocationStamp(terms.At, who.Name, ReasonOf(plan)),
        RevocationState.Running,
        0);

    private static AuditEntry EntryOfCutOff(RestorePlan plan, Actor who) =>
        new(who, "tokens.cut_off", RevocationNames.NameOf(RevocationScope.All), "", ReasonOf(plan));

    private static AuditEntry EntryOf(RestorePlan plan, RestoreTerms terms, Actor who) => new(
        who,
        Action,
        "backup",
        plan.Backup.Header.Id,
        After: AuditJson.Write(
            ("of", plan.Backup.Header.CreatedAt.ToString("O", CultureInfo.InvariantCulture)),
            ("from", plan.Backup.Header.Store),
            ("tokens", terms.KeepsTokens ? "kept" : "ended"),
            ("rows", plan.Backup.Rows.ToString(CultureInfo.InvariantCulture)),
            ("entries", plan.Backup.AuditNumber.ToString(CultureInfo.InvariantCulture))));

    private static string ReasonOf(RestorePlan plan) =>
        $"Restored the backup of {plan.Backup.Header.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
}
