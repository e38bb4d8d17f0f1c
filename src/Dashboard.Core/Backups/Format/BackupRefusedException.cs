namespace Dashboard.Core.Backups.Format;

/// <summary>A backup cannot be written, read or restored as was asked. Nothing was changed.</summary>
/// <param name="code">Stable, for scripts.</param>
/// <param name="message">For people: what is in the way, and what to do.</param>
/// <param name="inner">What was caught; null where nothing was.</param>
public sealed class BackupRefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    internal static BackupRefusedException NoBackup() =>
        new("NOT_A_BACKUP", "This file is no backup of Signet.");

    internal static BackupRefusedException Damaged(string what, Exception? inner = null) =>
        new("BACKUP_DAMAGED", $"The backup is damaged: {what} Take another one.", inner);

    internal static BackupRefusedException CutShort() =>
        new("BACKUP_CUT_SHORT", "The backup was cut short: its end is missing. Take another one.");

    internal static BackupRefusedException WrongKey() => new(
        "WRONG_KEY", "The passphrase or key does not open this backup, or its head was changed after it was written.");

    internal static BackupRefusedException Unusable(string path, Exception exception) =>
        new("FILE_UNUSABLE", $"The file {path} cannot be used: {exception.Message}", exception);
}
