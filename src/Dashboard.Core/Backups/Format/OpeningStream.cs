using System.Security.Cryptography;

namespace Dashboard.Core.Backups.Format;

/// <summary>Decrypts what <see cref="SealingStream"/> wrote. Nothing is given out before the chunk that it stands in is proven.</summary>
internal sealed class OpeningStream(Stream source, byte[] key) : Stream
{
    private const int SealedLength = ChunkNonce.ChunkLength + ChunkNonce.TagLength;

    private readonly AesGcm _aes = new(key, ChunkNonce.TagLength);

    // One byte more than a chunk: whether there is one tells whether the chunk is the last.
    private readonly byte[] _sealed = new byte[SealedLength + 1];
    private readonly byte[] _chunk = new byte[ChunkNonce.ChunkLength];
    private int _ahead;
    private int _read;
    private int _length;
    private long _number;
    private bool _isEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what was sealed.</summary>
    /// <exception cref="BackupRefusedException">What is read is not what was written.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what was sealed.</summary>
    /// <exception cref="BackupRefusedException">What is read is not what was written.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_read == _length)
        {
            if (_isEnd)
            {
                return 0;
            }

            Open();
        }

        var taken = Math.Min(buffer.Length, _length - _read);
        _chunk.AsSpan(_read, taken).CopyTo(buffer);
        _read += taken;
        return taken;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

    private void Open()
    {
        var found = _ahead + source.ReadAtLeast(_sealed.AsSpan(_ahead), _sealed.Length - _ahead, throwOnEndOfStream: false);
        var isLast = found < _sealed.Length;
        var length = (isLast ? found : SealedLength) - ChunkNonce.TagLength;
        if (length < 0)
        {
            throw BackupRefusedException.CutShort();
        }

        if (!TryOpen(length, isLast))
        {
            throw isLast && TryOpen(length, isLast: false)
                ? BackupRefusedException.CutShort()
                : BackupRefusedException.Damaged($"what stands at byte {_number * SealedLength:N0} of its body is not what was written.");
        }

        _number++;
        (_read, _length, _isEnd) = (0, length, isLast);
        _ahead = isLast ? 0 : 1;
        _sealed[0] = _sealed[SealedLength];
    }

    private bool TryOpen(int length, bool isLast)
    {
        Span<byte> nonce = stackalloc byte[ChunkNonce.Length];
        ChunkNonce.Write(nonce, _number, isLast);
        try
        {
            _aes.Decrypt(
                nonce, _sealed.AsSpan(0, length), _sealed.AsSpan(length, ChunkNonce.TagLength), _chunk.AsSpan(0, length));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
