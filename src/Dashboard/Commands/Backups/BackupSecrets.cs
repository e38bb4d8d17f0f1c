using System.CommandLine;
using Dashboard.Core.Backups.Format;

namespace Dashboard.Commands.Backups;

/// <summary>Where the verbs about backups get what locks and opens them.</summary>
internal static class BackupSecrets
{
    private const string Setting = "SIGNET_BACKUP_PASSPHRASE";

    public static readonly Option<string?> Passphrase = new("--passphrase")
    {
        Description = $"The passphrase. Others on the machine can read it here: set {Setting} instead, or be asked at a terminal.",
    };

    public static readonly Option<string?> Identity = FileSymbols.Option(
        "--identity", "A PEM file with the private key of the recipient, instead of a passphrase.");

    /// <summary>Nobody waits for an answer, and much is read and sent at once.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Patience =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:Timeout"] = "00:00:20" };

    /// <summary>What a backup is locked with: what was given, or what a person types twice.</summary>
    /// <exception cref="BackupRefusedException">There is none that can be used.</exception>
    public static IBackupLock ToLock(CommandRun run, IServiceProvider services, string? recipient)
    {
        if (recipient is not null)
        {
            return BackupRecipient.Parse(Read(recipient));
        }

        if (FindPassphrase(run, services) is { } given)
        {
            return BackupPassphrase.ToLock(given);
        }

        var typed = Ask(run, "Passphrase for the backup: ") ?? throw NoKey("--recipient");
        return typed == Ask(run, "The same again: ")
            ? BackupPassphrase.ToLock(typed)
            : throw new BackupRefusedException("NO_KEY", "The two passphrases differ. Nothing was written.");
    }

    /// <summary>What was given; nobody is asked. Null where nothing was.</summary>
    /// <exception cref="BackupRefusedException">It cannot be used.</exception>
    public static IBackupKey? FindKey(CommandRun run, IServiceProvider services) =>
        run.Parsed.GetValue(Identity) is { } identity ? BackupIdentity.Parse(Read(identity))
        : FindPassphrase(run, services) is { } given ? BackupPassphrase.ToOpen(given)
        : null;

    /// <summary>What a backup is opened with: what was given, or what a person types.</summary>
    /// <exception cref="BackupRefusedException">There is none that can be used.</exception>
    public static IBackupKey GetKey(CommandRun run, IServiceProvider services) =>
        FindKey(run, services) ?? BackupPassphrase.ToOpen(Ask(run, "Passphrase of the backup: ") ?? throw NoKey("--identity"));

    private static string? FindPassphrase(CommandRun run, IServiceProvider services) =>
        run.Parsed.GetValue(Passphrase) is { Length: > 0 } typed ? typed
        : services.GetRequiredService<IConfiguration>()[Setting] is { Length: > 0 } set ? set
        : null;

    private static string? Ask(CommandRun run, string question)
    {
        if (run.Console.AskSecret is not { } ask)
        {
            return null;
        }

        run.Console.Error.Write(question);
        return ask();
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException("NOT_A_KEY", $"The key file {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static BackupRefusedException NoKey(string option) => new(
        "NO_KEY", $"A backup is encrypted, and there is no terminal to ask for a passphrase at: set {Setting}, or give {option}.");
}
