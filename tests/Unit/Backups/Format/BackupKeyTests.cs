using System.Security.Cryptography;
using Dashboard.Core.Backups.Format;

namespace Dashboard.Tests.Unit.Backups.Format;

/// <summary>What locks a backup opens it, and nothing else does.</summary>
public sealed class BackupKeyTests
{
    private const string Passphrase = "correct horse battery staple";

    [Fact]
    public void A_passphrase_opens_what_it_locked_and_another_does_not()
    {
        var (head, _) = Write(BackupPassphrase.ToLock(Passphrase));

        Assert.Equal("id", Open(head, BackupPassphrase.ToOpen(Passphrase)).Id);
        Assert.Equal("WRONG_KEY", BackupRun.CodeOf(() => Open(head, BackupPassphrase.ToOpen(Passphrase + " "))));
        Assert.Equal("OTHER_KIND_OF_KEY", BackupRun.CodeOf(() => Open(head, BackupRun.Identity)));
    }

    [Fact]
    public void A_short_passphrase_locks_nothing() =>
        Assert.Equal("WEAK_PASSPHRASE", BackupRun.CodeOf(() => BackupPassphrase.ToLock("elevenchars")));

    [Fact]
    public void Only_the_recipient_opens()
    {
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var (head, key) = Write(BackupRun.Recipient);
        var (_, second) = Write(BackupRun.Recipient);

        Assert.Equal("id", Open(head, BackupRun.Identity).Id);
        Assert.Equal("WRONG_KEY", BackupRun.CodeOf(() => Open(head, BackupIdentity.Parse(other.ExportPkcs8PrivateKeyPem()))));
        Assert.Equal("OTHER_KIND_OF_KEY", BackupRun.CodeOf(() => Open(head, BackupPassphrase.ToOpen(Passphrase))));
        Assert.NotEqual(key, second);
    }

    [Fact]
    public void Keys_of_another_kind_are_refused()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);

        Assert.All(
            (string[])["", "no pem", rsa.ExportSubjectPublicKeyInfoPem(), curve.ExportSubjectPublicKeyInfoPem()],
            pem => Assert.Equal("NOT_A_KEY", BackupRun.CodeOf(() => BackupRecipient.Parse(pem))));
        using var right = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("NOT_A_KEY", BackupRun.CodeOf(() => BackupIdentity.Parse(right.ExportSubjectPublicKeyInfoPem())));
    }

    [Fact]
    public void A_head_that_was_changed_opens_nothing()
    {
        var (head, _) = Write(BackupRun.Recipient);
        var text = System.Text.Encoding.Latin1.GetString(head);
        var changed = System.Text.Encoding.Latin1.GetBytes(text.Replace("https://a.example", "https://b.example", StringComparison.Ordinal));

        Assert.NotEqual(head, changed);
        Assert.Equal("https://b.example", BackupEnvelope.ReadHeader(new MemoryStream(changed)).Issuer);
        Assert.Equal("WRONG_KEY", BackupRun.CodeOf(() => Open(changed, BackupRun.Identity)));
    }

    [Fact]
    public void A_head_that_would_keep_the_reader_busy_or_be_weak_is_refused()
    {
        var (head, _) = Write(BackupPassphrase.ToLock(Passphrase));
        foreach (var iterations in (string[])["900000000", "000000001"])
        {
            var text = System.Text.Encoding.Latin1.GetString(head).Replace("\"iterations\":600000", $"\"iterations\":{iterations[3..]}", StringComparison.Ordinal);

            Assert.NotEqual("id", TryOpen(System.Text.Encoding.Latin1.GetBytes(text)));
        }
    }

    [Fact]
    public void Other_files_and_newer_versions_are_told_apart()
    {
        var (head, _) = Write(BackupRun.Recipient);
        var newer = (byte[])head.Clone();
        newer[14] = 2;

        Assert.Equal("NOT_A_BACKUP", BackupRun.CodeOf(() => Open([1, 2, 3], BackupRun.Identity)));
        Assert.Equal("NOT_A_BACKUP", BackupRun.CodeOf(() => Open(new byte[100], BackupRun.Identity)));
        Assert.Equal("NEWER_BACKUP", BackupRun.CodeOf(() => Open(newer, BackupRun.Identity)));
        Assert.Equal("BACKUP_CUT_SHORT", BackupRun.CodeOf(() => Open(head[..^5], BackupRun.Identity)));
        Assert.Equal("BACKUP_CUT_SHORT", BackupRun.CodeOf(() => Open(head[..40], BackupRun.Identity)));
    }

    private static string TryOpen(byte[] head)
    {
        try
        {
            return Open(head, BackupPassphrase.ToOpen(Passphrase)).Id;
        }
        catch (BackupRefusedException refused)
        {
            return refused.Code;
        }
    }

    private static BackupHeader Open(byte[] head, IBackupKey key) => BackupEnvelope.Open(new MemoryStream(head), key).Header;

    private static (byte[] Head, byte[] Key) Write(IBackupLock with)
    {
        var (protection, secret) = with.Close();
        using var target = new MemoryStream();
        var key = BackupEnvelope.Write(
            target,
            new BackupHeader
            {
                Id = "id",
                CreatedAt = DateTimeOffset.UnixEpoch,
                Issuer = "https://a.example",
                Store = "sqlite",
                StoreFormat = 1,
                Program = "1",
                Protection = protection,
            },
            secret);
        return (target.ToArray(), key);
    }
}
