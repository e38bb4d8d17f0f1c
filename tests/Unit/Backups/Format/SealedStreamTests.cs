using System.Security.Cryptography;
using Dashboard.Core.Backups.Format;

namespace Dashboard.Tests.Unit.Backups.Format;

/// <summary>Chunks come out as they went in, all of them and in order, or not at all.</summary>
public sealed class SealedStreamTests
{
    private const int SealedChunk = (64 * 1024) + 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public void What_was_sealed_is_opened(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(content, Open(Seal(content)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(200_063)]
    public void A_flipped_bit_is_found(int place)
    {
        var sealedBytes = Seal(RandomNumberGenerator.GetBytes(200_000));
        sealedBytes[place] ^= 1;

        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open(sealedBytes)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SealedChunk)]
    [InlineData(2 * SealedChunk)]
    public void An_end_that_was_cut_off_between_chunks_is_missed(int length) =>
        Assert.Equal("BACKUP_CUT_SHORT", BackupRun.CodeOf(() => Open(Seal(RandomNumberGenerator.GetBytes(200_000))[..length])));

    [Fact]
    public void An_end_that_was_cut_off_anywhere_is_missed() =>
        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open(Seal(RandomNumberGenerator.GetBytes(200_000))[..150_000])));

    [Fact]
    public void Chunks_that_changed_places_are_found()
    {
        var sealedBytes = Seal(RandomNumberGenerator.GetBytes(200_000));
        byte[] moved = [.. sealedBytes[SealedChunk..(2 * SealedChunk)], .. sealedBytes[..SealedChunk], .. sealedBytes[(2 * SealedChunk)..]];

        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open(moved)));
    }

    [Fact]
    public void A_chunk_that_is_missing_or_comes_twice_is_found()
    {
        var sealedBytes = Seal(RandomNumberGenerator.GetBytes(200_000));

        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open(sealedBytes[SealedChunk..])));
        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open([.. sealedBytes[..SealedChunk], .. sealedBytes])));
    }

    [Fact]
    public void What_stands_behind_the_end_is_found() =>
        Assert.Equal("BACKUP_DAMAGED", BackupRun.CodeOf(() => Open([.. Seal([1, 2, 3]), 0])));

    [Fact]
    public void What_was_not_completed_is_cut_short()
    {
        using var target = new MemoryStream();
        using (var sealing = new SealingStream(target, _key))
        {
            sealing.Write(RandomNumberGenerator.GetBytes(200_000));
        }

        Assert.Equal("BACKUP_CUT_SHORT", BackupRun.CodeOf(() => Open(target.ToArray())));
    }

    private byte[] Seal(byte[] content)
    {
        using var target = new MemoryStream();
        using (var sealing = new SealingStream(target, _key))
        {
            foreach (var part in content.Chunk(1_000))
            {
                sealing.Write(part);
            }

            sealing.Complete();
        }

        return target.ToArray();
    }

    private byte[] Open(byte[] sealedBytes)
    {
        using var opening = new OpeningStream(new MemoryStream(sealedBytes), _key);
        using var content = new MemoryStream();
        opening.CopyTo(content);
        return content.ToArray();
    }
}
