using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>
/// Signed statements of how far the log reached. A chain shows every change but not that its newest entries were cut off;
/// a checkpoint that is kept elsewhere does. Each is kept in the store, for every node to see, and written down outside it.
/// </summary>
public sealed class AuditCheckpoints
{
    private readonly AuditLog _audit;
    private readonly IAuditCheckpointStore _store;
    private readonly CheckpointFile _file;
    private readonly KeyRing _ring;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal AuditCheckpoints(
        AuditLog audit,
        IAuditCheckpointStore store,
        CheckpointFile file,
        KeyRing ring,
        AccessControl access,
        IChangeFeed feed,
        TimeProvider clock) =>
        (_audit, _store, _file, _ring, _access, _feed, _clock) = (audit, store, file, ring, access, feed, clock);

    /// <summary>Attests the log as it stands, and records that it was done.</summary>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public async Task<AuditCheckpoint> TakeAsync(Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadAudit);
        await _audit.RecordReadAsync(
            new AuditEntry(who, "audit.checkpoint_taken", "audit", "log"), cancellationToken);
        return await AttestAsync(await _audit.ReadHeadAsync(cancellationToken), who, cancellationToken);
    }

    /// <summary>The newest, newest first, of those that reach less far than a number.</summary>
    public Task<IReadOnlyList<AuditCheckpoint>> ListAsync(long? before, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(before ?? long.MaxValue, limit, cancellationToken);

    /// <summary>The one that reaches as far as a number; null where there is none.</summary>
    public async Task<AuditCheckpoint?> FindAsync(long number, CancellationToken cancellationToken) =>
        number is > 0 and < long.MaxValue
        && await _store.ListAsync(number + 1, 1, cancellationToken) is [var found]
        && found.Head.Number == number
            ? found
            : null;

    /// <summary>What a checkpoint attests; null where it is damaged or no key of ours that is still trusted signed it.</summary>
    public AuditHead? Open(string text) =>
        CheckpointText.Parse(text) is { } parts
        && _ring.Find(parts.KeyId) is { State: not KeyState.Revoked } key
        && key.Material.Verify(parts.Signed, parts.Signature)
            ? parts.Head
            : null;

    /// <summary>Attests the log where it has grown since the last checkpoint and this is so long ago; null where nothing was due.</summary>
    internal async Task<AuditCheckpoint?> TakeDueAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var head = await _audit.ReadHeadAsync(cancellationToken);
        var last = await _store.ListAsync(long.MaxValue, 1, cancellationToken) is [var newest] ? newest : null;
        return head.Number > (last?.Head.Number ?? 0) && (last is null || _clock.GetUtcNow() - last.At >= interval)
            ? await AttestAsync(head, Actor.Signet, cancellationToken)
            : null;
    }

    private async Task<AuditCheckpoint> AttestAsync(AuditHead head, Actor who, CancellationToken cancellationToken)
    {
        var at = _clock.GetUtcNow();
        var key = _ring.Current;
        var checkpoint = new AuditCheckpoint(head, at, CheckpointText.Write(head, at, key.KeyId, data => key.Material.Sign(data)), who.Name);
        await _store.AddAsync(checkpoint, cancellationToken);
        await _file.AppendAsync(checkpoint, cancellationToken);
        _feed.Publish(new Change(ChangeKind.Audit, head.Number.ToString(CultureInfo.InvariantCulture)));
        return checkpoint;
    }
}

/// <summary>A signed statement of how far the log reached.</summary>
/// <param name="Head">The newest entry.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Text">The statement with its signature, to be kept elsewhere.</param>
/// <param name="By">Who took it.</param>
public sealed record AuditCheckpoint(AuditHead Head, DateTimeOffset At, string Text, string By);
