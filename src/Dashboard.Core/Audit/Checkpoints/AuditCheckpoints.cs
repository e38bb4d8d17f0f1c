using System.Globalization;
using System.Runtime.CompilerServices;
using Dashboard.Core.Access;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Live;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>
/// Signed statements of how far the log reached. A chain shows every change but not that its newest entries were cut off;
/// a checkpoint that is kept elsewhere does. Each is kept in the store, for every node to see, and written down outside it.
/// </summary>
/// <remarks>
/// Whoever can write to the store can put rows of any kind before those that count. So what decides is what a signature covers,
/// and rows without a good one are passed over, however many there are.
/// </remarks>
public sealed class AuditCheckpoints
{
    private const int Step = 200;

    private readonly AuditLog _audit;
    private readonly IAuditCheckpointStore _store;
    private readonly CheckpointFile _file;
    private readonly AuditSigner _signer;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    // The newest that this node knows of. It counts although a row that was there first kept it out of the store.
    private volatile AuditCheckpoint? _newest;

    internal AuditCheckpoints(
        AuditLog audit,
        IAuditCheckpointStore store,
        CheckpointFile file,
        AuditSigner signer,
        AccessControl access,
        IChangeFeed feed,
        TimeProvider clock) =>
        (_audit, _store, _file, _signer, _access, _feed, _clock) = (audit, store, file, signer, access, feed, clock);

    /// <summary>Attests the log as it stands, and records that it was done.</summary>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public async Task<AuditCheckpoint> TakeAsync(Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadAudit);
        await _audit.RecordReadAsync(
            new AuditEntry(who, "audit.checkpoint_taken", "audit", "log"), cancellationToken);
        return await AttestAsync(await _audit.ReadHeadAsync(cancellationToken), who, cancellationToken);
    }

    /// <summary>The newest, newest first, of those that reach less far than a number; those that are not trusted are among them.</summary>
    public async Task<IReadOnlyList<AuditCheckpoint>> ListAsync(long? before, int limit, CancellationToken cancellationToken) =>
        [.. (await _store.ListAsync(before ?? long.MaxValue, 0, limit, cancellationToken)).Select(Judge)];

    /// <summary>The newest that is trusted; null where there is none.</summary>
    public async Task<AuditCheckpoint?> FindTrustedAsync(CancellationToken cancellationToken)
    {
        await foreach (var checkpoint in ReadAllAsync(cancellationToken))
        {
            if (checkpoint.IsTrusted)
            {
                return checkpoint;
            }
        }

        return null;
    }

    /// <summary>The one that reaches as far as a number; null where there is none.</summary>
    public async Task<AuditCheckpoint?> FindAsync(long number, CancellationToken cancellationToken) =>
        number is > 0 and < long.MaxValue
        && await ListAsync(number + 1, 1, cancellationToken) is [var found]
        && found.Head.Number == number
            ? found
            : null;

    /// <summary>What a checkpoint attests; null where it is damaged or no key of ours that is still trusted signed it.</summary>
    public AuditHead? Open(string text) => OpenParts(text)?.Head;

    /// <summary>Attests the log where it has grown since the last checkpoint and this is so long ago; null where nothing was due.</summary>
    internal async Task<AuditCheckpoint?> TakeDueAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var head = await _audit.ReadHeadAsync(cancellationToken);
        if (!IsDue(head, interval))
        {
            return null;
        }

        // Another node, or somebody there, may have taken one meanwhile.
        if (await FindTrustedAsync(cancellationToken) is { } stored && !(stored.Head.Number < _newest?.Head.Number))
        {
            _newest = stored;
        }

        return IsDue(head, interval) ? await AttestAsync(head, Actor.Signet, cancellationToken) : null;
    }

    /// <summary>The first entry that is not what a trusted checkpoint in the store attests; null where all of them are.</summary>
    internal async Task<AuditVerification?> FindContradictionAsync(CancellationToken cancellationToken)
    {
        AuditVerification? first = null;
        await foreach (var checkpoint in ReadAllAsync(cancellationToken))
        {
            // The newest come first.
            first = checkpoint.IsTrusted ? await _audit.FindFaultAsync(checkpoint.Head, cancellationToken) ?? first : first;
        }

        return first;
    }

    /// <summary>Every one in the store, newest first, those that are not trusted too.</summary>
    internal async IAsyncEnumerable<AuditCheckpoint> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditCheckpoint> rows;
        for (var read = 0; ; read += rows.Count)
        {
            rows = await _store.ListAsync(long.MaxValue, read, Step, cancellationToken);
            foreach (var row in rows)
            {
                yield return Judge(row);
            }

            if (rows.Count < Step)
            {
                yield break;
            }
        }
    }

    private bool IsDue(AuditHead head, TimeSpan interval)
    {
        var last = _newest is { } newest && Open(newest.Text) is not null ? newest : null;
        return head.Number > (last?.Head.Number ?? 0) && (last is null || _clock.GetUtcNow() - last.At >= interval);
    }

    private AuditCheckpoint Judge(AuditCheckpoint row) =>
        OpenParts(row.Text) is { } signed && signed.Head.Number == row.Head.Number
            ? row with { Head = signed.Head, At = signed.At, IsTrusted = true }
            : row;

    private CheckpointParts? OpenParts(string text) =>
        CheckpointText.Parse(text) is { } parts && _signer.Judge(parts.Signed) is SignatureState.Trusted ? parts : null;

    private async Task<AuditCheckpoint> AttestAsync(AuditHead head, Actor who, CancellationToken cancellationToken)
    {
        // As precise as it is signed.
        var at = DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds());
        var checkpoint = new AuditCheckpoint(head, at, CheckpointText.Write(head, at, _signer), who.Name) { IsTrusted = true };
        await _store.AddAsync(checkpoint, cancellationToken);
        _newest = checkpoint;
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
public sealed record AuditCheckpoint(AuditHead Head, DateTimeOffset At, string Text, string By)
{
    /// <summary>
    /// True where a key that was trusted when this was read signed it: entry and time are the signed ones then. Who took it is
    /// signed by nobody.
    /// </summary>
    public bool IsTrusted { get; init; }
}
