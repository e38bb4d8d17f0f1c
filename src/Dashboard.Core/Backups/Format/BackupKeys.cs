using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Backups.Format;

/// <summary>What a backup is locked with.</summary>
public interface IBackupLock
{
    /// <summary>A secret for one backup, and what whoever opens it needs to know to come by it again.</summary>
    internal (BackupProtection Protection, byte[] Secret) Close();
}

/// <summary>What a backup is opened with.</summary>
public interface IBackupKey
{
    /// <summary>The secret of a backup.</summary>
    /// <exception cref="BackupRefusedException">It is locked with something else.</exception>
    internal byte[] Open(BackupProtection protection);

    /// <summary>What locks a backup so that this opens it.</summary>
    internal IBackupLock ToLock();
}

/// <summary>A passphrase, which locks and opens.</summary>
public sealed class BackupPassphrase : IBackupLock, IBackupKey
{
    /// <summary>As OWASP advises for PBKDF2 with SHA-256.</summary>
    internal const int Iterations = 600_000;

    private const int SaltLength = 16;
    private const int KeyLength = 32;
    private const int MostIterations = 10 * Iterations;
    private const int ShortestToLock = 12;

    private readonly byte[] _text;

    private BackupPassphrase(string text) => _text = Encoding.UTF8.GetBytes(text);

    /// <summary>A passphrase for a new backup.</summary>
    /// <exception cref="BackupRefusedException">It is too short to withstand whoever has the file.</exception>
    public static BackupPassphrase ToLock(string text) => text.Length >= ShortestToLock
        ? new BackupPassphrase(text)
        : throw new BackupRefusedException(
            "WEAK_PASSPHRASE",
            $"The passphrase must have at least {ShortestToLock} characters: whoever has the file can guess without end. "
            + "Make one with: openssl rand -base64 24");

    /// <summary>The passphrase of an existing backup.</summary>
    public static BackupPassphrase ToOpen(string text) => new(text);

    (BackupProtection Protection, byte[] Secret) IBackupLock.Close()
    {
        BackupProtection protection = new()
        {
            Kind = BackupProtection.OfPassphrase,
            Salt = RandomNumberGenerator.GetBytes(SaltLength),
            Iterations = Iterations,
        };
        return (protection, Derive(protection));
    }

    byte[] IBackupKey.Open(BackupProtection protection) => protection switch
    {
        { Kind: BackupProtection.OfRecipient } => throw new BackupRefusedException(
            "OTHER_KIND_OF_KEY", "This backup is for a recipient: give the private key with --identity."),

        // The head is read before anything in it is proven: it must not keep the reader busy for hours, nor be weak.
        { Kind: BackupProtection.OfPassphrase, Iterations: >= Iterations and <= MostIterations } => Derive(protection),
        _ => throw BackupRefusedException.Damaged("its head names no way to open it."),
    };

    IBackupLock IBackupKey.ToLock() => this;

    private byte[] Derive(BackupProtection protection) => Rfc2898DeriveBytes.Pbkdf2(
        _text, protection.Salt, protection.Iterations!.Value, HashAlgorithmName.SHA256, KeyLength);
}

/// <summary>The public key of a recipient, who alone opens the backup: the machine that makes it cannot.</summary>
public sealed class BackupRecipient : IBackupLock
{
    private readonly byte[] _publicKey;

    private BackupRecipient(byte[] publicKey) => _publicKey = publicKey;

    /// <summary>Reads a key of the curve P-256.</summary>
    /// <param name="pem">The key, as <c>openssl ec -pubout</c> writes it.</param>
    /// <exception cref="BackupRefusedException">It is none.</exception>
    public static BackupRecipient Parse(string pem)
    {
        using var key = CurveKeys.Parse(pem, "recipient", "openssl ec -in backup-key.pem -pubout -out recipient.pem");
        return new BackupRecipient(key.ExportSubjectPublicKeyInfo());
    }

    (BackupProtection Protection, byte[] Secret) IBackupLock.Close()
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var recipient = CurveKeys.Import(_publicKey);
        BackupProtection protection = new()
        {
            Kind = BackupProtection.OfRecipient,
            Salt = RandomNumberGenerator.GetBytes(32),
            Recipient = CurveKeys.IdOf(_publicKey),
            Ephemeral = ephemeral.ExportSubjectPublicKeyInfo(),
        };
        return (protection, ephemeral.DeriveRawSecretAgreement(recipient.PublicKey));
    }
}

/// <summary>The private key of a recipient.</summary>
public sealed class BackupIdentity : IBackupKey
{
    private readonly string _pem;

    private BackupIdentity(string pem) => _pem = pem;

    /// <summary>Reads a key of the curve P-256 that is not encrypted itself.</summary>
    /// <param name="pem">The key, as <c>openssl ecparam -name prime256v1 -genkey</c> writes it.</param>
    /// <exception cref="BackupRefusedException">It is none.</exception>
    public static BackupIdentity Parse(string pem)
    {
        using var key = ParseKey(pem);
        try
        {
            _ = key.ExportParameters(includePrivateParameters: true);
        }
        catch (CryptographicException exception)
        {
            throw new BackupRefusedException("NOT_A_KEY", "The identity must be the private key, not the public one.", exception);
        }

        return new BackupIdentity(pem);
    }

    byte[] IBackupKey.Open(BackupProtection protection)
    {
        if (protection is { Kind: BackupProtection.OfPassphrase })
        {
            throw new BackupRefusedException("OTHER_KIND_OF_KEY", "This backup has a passphrase: give it in SIGNET_BACKUP_PASSPHRASE.");
        }

        using var identity = ParseKey(_pem);
        if (protection is not { Kind: BackupProtection.OfRecipient, Ephemeral: { } ephemeral })
        {
            throw BackupRefusedException.Damaged("its head names no way to open it.");
        }

        if (protection.Recipient != CurveKeys.IdOf(identity.ExportSubjectPublicKeyInfo()))
        {
            throw new BackupRefusedException(
                "WRONG_KEY", $"This backup is for another recipient, whose key is {protection.Recipient}.");
        }

        using var other = CurveKeys.Import(ephemeral);
        return identity.DeriveRawSecretAgreement(other.PublicKey);
    }

    IBackupLock IBackupKey.ToLock()
    {
        using var key = ParseKey(_pem);
        return BackupRecipient.Parse(key.ExportSubjectPublicKeyInfoPem());
    }

    private static ECDiffieHellman ParseKey(string pem) =>
        CurveKeys.Parse(pem, "identity", "openssl ecparam -name prime256v1 -genkey -noout -out backup-key.pem");
}

internal static class CurveKeys
{
    private const string P256 = "1.2.840.10045.3.1.7";

    public static ECDiffieHellman Parse(string pem, string what, string command)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is P256)
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Said below, without what the file holds.
        }

        key.Dispose();
        throw new BackupRefusedException(
            "NOT_A_KEY", $"The {what} must be a PEM file with one key of the curve P-256 that has no passphrase. Make one with: {command}");
    }

    public static ECDiffieHellman Import(byte[] publicKey)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key;
        }
        catch (CryptographicException exception)
        {
            key.Dispose();
            throw BackupRefusedException.Damaged("its head holds no usable key.", exception);
        }
    }

    /// <summary>Names a public key.</summary>
    public static string IdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 16));
}
