using System.Buffers.Binary;

namespace Dashboard.Core.Backups.Format;

/// <summary>
/// The nonces of the chunks of a file (STREAM, Hoang and others 2015): a counter, and whether the chunk is the last. So none can
/// be left out, moved, repeated or cut off. The key is of one file alone, so no nonce is ever used twice with it.
/// </summary>
internal static class ChunkNonce
{
    public const int ChunkLength = 64 * 1024;
    public const int TagLength = 16;
    public const int Length = 12;

    public static void Write(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(Length - sizeof(long) - 1)..], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
