using System.Security.Cryptography;

namespace Dashboard.Core.Backups.Format;

/// <summary>Encrypts what is written to it, chunk by chunk. Without <see cref="Complete"/> the end is missing, and a reader sees that.</summary>
internal sealed class SealingStream(Stream target, byte[] key) : Stream
{
    private readonly AesGcm _aes = new(key, ChunkNonce.TagLength);
    private readonly byte[] _chunk = new byte[ChunkNonce.ChunkLength];
    private readonly byte[] _sealed = new byte[ChunkNonce.ChunkLength + ChunkNonce.TagLength];
    private int _filled;
    private long _number;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk waits until it is known not to be the last.
            if (_filled == _chunk.Length)
            {
                Seal(isLast: false);
            }

            var taken = Math.Min(buffer.Length, _chunk.Length - _filled);
            buffer[..taken].CopyTo(_chunk.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Writes the last chunk.</summary>
    public void Complete() => Seal(isLast: true);

    public override void Flush()
    {
        // Chunks are written when they are full.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
            CryptographicOperations.ZeroMemory(_chunk);
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[ChunkNonce.Length];
        ChunkNonce.Write(nonce, _number++, isLast);
        var cipher = _sealed.AsSpan(0, _filled);
        var tag = _sealed.AsSpan(_filled, ChunkNonce.TagLength);
        _aes.Encrypt(nonce, _chunk.AsSpan(0, _filled), cipher, tag);
        target.Write(_sealed.AsSpan(0, _filled + ChunkNonce.TagLength));
        _filled = 0;
    }
}
