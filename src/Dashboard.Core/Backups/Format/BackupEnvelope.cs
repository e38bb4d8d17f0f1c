using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dashboard.Core.Backups.Format;

/// <summary>
/// The head of the file: a fixed beginning with the version, the length of the header, the header, and a MAC over all of it.
/// The key of what follows depends on every byte of it.
/// </summary>
internal static class BackupEnvelope
{
    private const byte Version = 1;
    private const int LongestHeader = 64 * 1024;
    private const int KeyLength = 32;

    private static ReadOnlySpan<byte> Magic => "SIGNET BACKUP\n"u8;

    private static int FixedLength => Magic.Length + 1 + sizeof(int);

    /// <summary>Writes the head and gives the key of what follows.</summary>
    public static byte[] Write(Stream target, BackupHeader header, byte[] secret)
    {
        var json = header.Write();
        var head = new byte[FixedLength + json.Length];
        Magic.CopyTo(head);
        head[Magic.Length] = Version;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(Magic.Length + 1), json.Length);
        json.CopyTo(head.AsSpan(FixedLength));
        var (key, mac) = Derive(secret, header.Protection.Salt, head);
        target.Write(head);
        target.Write(mac);
        return key;
    }

    /// <summary>Reads the header alone, of which nothing is proven yet.</summary>
    /// <exception cref="BackupRefusedException">There is none.</exception>
    public static BackupHeader ReadHeader(Stream source) => BackupHeader.Read(ReadHead(source)[FixedLength..]);

    /// <summary>Reads and proves the head and gives the key of what follows.</summary>
    /// <exception cref="BackupRefusedException">It is none, or the key does not open it.</exception>
    public static (BackupHeader Header, byte[] Key) Open(Stream source, IBackupKey with)
    {
        var head = ReadHead(source);
        var header = BackupHeader.Read(head[FixedLength..]);
        var mac = new byte[HMACSHA256.HashSizeInBytes];
        if (source.ReadAtLeast(mac, mac.Length, throwOnEndOfStream: false) < mac.Length)
        {
            throw BackupRefusedException.CutShort();
        }

        var (key, expected) = Derive(with.Open(header.Protection), header.Protection.Salt, head);
        return CryptographicOperations.FixedTimeEquals(mac, expected) ? (header, key) : throw BackupRefusedException.WrongKey();
    }

    private static byte[] ReadHead(Stream source)
    {
        var start = new byte[FixedLength];
        if (source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().StartsWith(Magic))
        {
            throw BackupRefusedException.NoBackup();
        }

        if (start[Magic.Length] is not Version)
        {
            throw new BackupRefusedException(
                "NEWER_BACKUP",
                $"The backup has version {start[Magic.Length]}, but this program reads version {Version}. Use the newer Signet that wrote it.");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(Magic.Length + 1));
        if (length is < 0 or > LongestHeader)
        {
            throw BackupRefusedException.Damaged("its head has no possible length.");
        }

        var head = new byte[FixedLength + length];
        start.CopyTo(head, 0);
        return source.ReadAtLeast(head.AsSpan(FixedLength), length, throwOnEndOfStream: false) == length
            ? head
            : throw BackupRefusedException.CutShort();
    }

    private static (byte[] Key, byte[] Mac) Derive(byte[] secret, byte[] salt, byte[] head)
    {
        var keys = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret, 2 * KeyLength, salt, [.. "signet backup"u8, .. SHA256.HashData(head)]);
        return (keys[..KeyLength], HMACSHA256.HashData(keys.AsSpan(KeyLength), head));
    }
}
