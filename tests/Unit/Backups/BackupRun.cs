using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Backups.Format;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>Makes backups of a core and restores them into another store, as the commands do.</summary>
internal static class BackupRun
{
    public const string OtherMasterKey = "HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4=";

    public static readonly Actor Who = Actor.OfCommand("test");

    // A passphrase takes as long as it should; a key takes no time.
    private static readonly ECDiffieHellman Key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IBackupLock Recipient => BackupRecipient.Parse(Key.ExportSubjectPublicKeyInfoPem());

    public static IBackupKey Identity => BackupIdentity.Parse(Key.ExportPkcs8PrivateKeyPem());

    public static string FileOf(this CoreHost host, string name = "backup") => Path.Combine(Path.GetDirectoryName(host.Folder)!, name);

    public static Task<BackupMade> BackUpAsync(
        this CoreHost host, string? path = null, IProgress<BackupProgress>? progress = null, bool replaces = false)
    {
        host.Get<BackupMaking>().PageSize = 7;
        return host.Get<StoreBackup>().WriteAsync(new BackupRequest(path ?? host.FileOf(), Recipient, replaces), Who, progress, Stop);
    }

    /// <summary>Ends the core and builds it again on a store that does not exist yet.</summary>
    public static Task MoveAsync(this CoreHost host, string kind, params (string Name, string? Value)[] settings) => host.RebuildAsync(
    [
        ("Storage:Kind", kind),
        ("Signet:DataFolder", Path.Combine(Path.GetDirectoryName(host.FileOf())!, $"data-{Guid.CreateVersion7():N}")),
        ("Storage:RedisPrefix", $"test-{Guid.CreateVersion7():N}"),
        .. settings,
    ]);

    /// <summary>Restores into the store that the core was built on; it is not opened behind it.</summary>
    public static async Task<RestoreResult> RestoreAsync(
        this CoreHost host,
        string? path = null,
        bool clears = false,
        bool keepsTokens = false,
        IProgress<BackupProgress>? progress = null)
    {
        var (restore, plan) = await host.PrepareRestoreAsync(path);
        return await restore.RunAsync(plan, new RestoreRequest(clears, keepsTokens), Who, progress, Stop);
    }

    public static async Task<(StoreRestore Restore, RestorePlan Plan)> PrepareRestoreAsync(
        this CoreHost host, string? path = null, bool onlyLooks = false)
    {
        var restore = host.Get<StoreRestore>();
        restore.PageSize = 7;
        return (restore, await restore.PrepareAsync(path ?? host.FileOf(), Identity, onlyLooks, null, Stop));
    }

    public static string CodeOf(Action act) => Assert.Throws<BackupRefusedException>(act).Code;

    public static async Task<string> CodeOfAsync(Func<Task> act) => (await Assert.ThrowsAsync<BackupRefusedException>(act)).Code;
}

/// <summary>Interrupts at the n-th page of a step.</summary>
internal sealed class BackupInterruption(BackupStep step, int pages) : IProgress<BackupProgress>
{
    private int _left = pages;

    public void Report(BackupProgress value)
    {
        if (value.Step == step && --_left == 0)
        {
            throw new OperationCanceledException();
        }
    }
}
