using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Dashboard.Core.Keys;

namespace Dashboard.Core.Audit;

/// <summary>
/// Signed statements of how far the log reached. A chain shows every change but not that its newest entries were cut off;
/// a checkpoint that is kept elsewhere does.
/// </summary>
public sealed class AuditCheckpoints
{
    // No token begins like this, so neither can be taken for the other although one key signs both.
    private const string Domain = "signet-audit-checkpoint.";

    private readonly AuditLog _audit;
    private readonly KeyRing _ring;
    private readonly TimeProvider _clock;

    internal AuditCheckpoints(AuditLog audit, KeyRing ring, TimeProvider clock) =>
        (_audit, _ring, _clock) = (audit, ring, clock);

    /// <summary>Attests the log as it stands, and records that it was done.</summary>
    public async Task<AuditCheckpoint> TakeAsync(Actor who, CancellationToken cancellationToken)
    {
        await _audit.RecordReadAsync(
            new AuditEntry(who, "audit.checkpoint_taken", "audit", "log"), cancellationToken);
        var newest = await _audit.FindNewestAsync(cancellationToken);
        var head = new AuditHead(newest!.Number, newest.Hash);
        var at = _clock.GetUtcNow();
        var key = _ring.Current;
        var statement = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Number}.{Base64Url.EncodeToString(head.Hash)}.{at.ToUnixTimeSeconds()}.{key.KeyId}");
        var signature = key.Material.Sign(Encoding.UTF8.GetBytes(Domain + statement));
        return new AuditCheckpoint(head, at, $"{statement}.{Base64Url.EncodeToString(signature)}");
    }

    /// <summary>What a checkpoint attests; null where it is damaged or no key of ours that is still trusted signed it.</summary>
    public AuditHead? Open(string text)
    {
        if (text.Length > 2_000 || text.Split('.') is not [var number, var hash, _, var keyId, var signature]
            || !long.TryParse(number, CultureInfo.InvariantCulture, out var count)
            || !Base64Url.IsValid(hash)
            || !Base64Url.IsValid(signature)
            || _ring.Find(keyId) is not { State: not KeyState.Revoked } key)
        {
            return null;
        }

        var statement = text[..text.LastIndexOf('.')];
        return key.Material.Verify(Encoding.UTF8.GetBytes(Domain + statement), Base64Url.DecodeFromChars(signature))
            ? new AuditHead(count, Base64Url.DecodeFromChars(hash))
            : null;
    }
}

/// <summary>A signed statement of how far the log reached.</summary>
/// <param name="Head">The newest entry.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Text">The statement with its signature, to be kept elsewhere.</param>
public sealed record AuditCheckpoint(AuditHead Head, DateTimeOffset At, string Text);
