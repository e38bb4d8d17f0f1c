using Dashboard.Core.Audit;
using Dashboard.Core.Backups;

namespace Dashboard.Core.Posture.Checks;

/// <summary>A store that nobody backs up.</summary>
internal sealed class OldBackupCheck(BackupReminder reminder, AuditLog audit) : IPostureCheck
{
    private const string Setting = $"{BackupOptions.Section}:{nameof(BackupOptions.RemindAfter)}";

    public PostureRule Rule { get; } = new(
        "BACKUP_OLD",
        PostureSeverity.Medium,
        "A backup was made not long ago.",
        "No backup was made for a long time.",
        "What happens to the store happens to every key, client and operator in it; without a backup all of it is lost.",
        "Make backups by a timer (signet backup), or turn this reminder off where they are made by other means (Backups:RemindAfter).");

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        var last = await reminder.FindLastAsync(cancellationToken);

        // A new store may wait as long for its first one; its age is that of its first entry.
        var since = last ?? (await audit.FindAsync(1, cancellationToken))?.Record.At ?? scan.Now;
        return reminder.IsOld(since)
            ? new PostureOffences([new PostureObject(PostureObjectKind.Setting, Setting, "Backup", last is null ? "never made" : null)])
            : PostureOffences.None;
    }
}
