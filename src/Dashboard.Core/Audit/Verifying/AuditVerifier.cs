using Dashboard.Core.Access;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Audit.Verifying;

/// <summary>
/// Verifies the log against every checkpoint that is at hand, one walk at a time on a node. A walk that was begun in the
/// background goes on whoever leaves, and everybody sees it. What it found is recorded in the log itself, so that every node
/// knows the last one.
/// </summary>
public sealed class AuditVerifier : IDisposable
{
    // Told after so many batches of the walk.
    private const long ToldAfter = 10_000;

    private readonly AuditLog _audit;
    private readonly AuditCheckpoints _checkpoints;
    private readonly AccessControl _access;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource _stop = new();
    private volatile AuditRun? _run;

    internal AuditVerifier(
        AuditLog audit, AuditCheckpoints checkpoints, AccessControl access, TimeProvider clock, ILogger<AuditVerifier> logger) =>
        (_audit, _checkpoints, _access, _clock, _logger) = (audit, checkpoints, access, clock, logger);

    /// <summary>The verification in the background has come farther, or ended. Raised on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The verification that runs in the background, or ran last; null where none did since this node started.</summary>
    public AuditRun? Run => _run;

    /// <summary>Ends with the one that runs.</summary>
    internal Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a verification in the background.</summary>
    /// <param name="who">Who asks for it.</param>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, beside those in the store; null for none.</param>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public AuditStart Start(Actor who, string? checkpoint)
    {
        _access.Demand(who, Right.ReadAudit);
        AuditHead? given = null;
        if (checkpoint is not null && (given = _checkpoints.Open(checkpoint)) is null)
        {
            return AuditStart.NoCheckpoint;
        }

        lock (_gate)
        {
            if (_run is { State: AuditRunState.Running })
            {
                return AuditStart.AlreadyRunning;
            }

            _stop = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            _run = new AuditRun(who, _clock.GetUtcNow(), 0);
            Running = Task.Run(() => RunAsync(who, given, _stop.Token), CancellationToken.None);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return AuditStart.Started;
    }

    /// <summary>Stops what runs in the background; nothing happens where nothing does.</summary>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public void Stop(Actor who)
    {
        _access.Demand(who, Right.ReadAudit);
        lock (_gate)
        {
            if (_run is { State: AuditRunState.Running } run)
            {
                _run = run with { StoppedBy = who.Name };
                _stop.Cancel();
            }
        }
    }

    /// <summary>Verifies while the caller waits; null where what was given is no checkpoint of ours.</summary>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public Task<AuditProof?> VerifyAsync(Actor who, string? checkpoint, CancellationToken cancellationToken) =>
        VerifyAsync(who, checkpoint, null, cancellationToken);

    /// <inheritdoc cref="VerifyAsync(Actor, string?, CancellationToken)"/>
    /// <param name="who">Who asks for it.</param>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere, beside those in the store; null for none.</param>
    /// <param name="progress">Is told, now and then, how many entries were found good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditProof?> VerifyAsync(
        Actor who, string? checkpoint, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadAudit);
        AuditHead? given = null;
        return checkpoint is not null && (given = _checkpoints.Open(checkpoint)) is null
            ? null
            : await WalkAsync(who, given, progress, cancellationToken);
    }

    /// <summary>The last verification that came to its end, on whatever node; null where none ever did.</summary>
    public async Task<AuditProof?> FindLastAsync(CancellationToken cancellationToken) =>
        await _audit.ReadNewestAsync(new AuditFilter(Action: AuditProof.Action), 1, cancellationToken) is [var record]
            ? AuditProof.Of(record)
            : null;

    // Cancelled, not disposed: a walk that ends because of it still asks for its token and gives its turn back.
    public void Dispose() => _ending.Cancel();

    private async Task RunAsync(Actor who, AuditHead? given, CancellationToken stop)
    {
        try
        {
            var total = (await _audit.ReadHeadAsync(stop)).Number;
            Show(run => run with { Total = total });
            var proof = await WalkAsync(who, given, new Progress(Walked), stop);
            Show(run => run with { State = AuditRunState.Done, Proof = proof, Walked = proof.Found.Verified });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Show(run => run with { State = AuditRunState.Stopped });
        }
        catch (Exception exception)
        {
            // Nobody waits for it: whoever looks must see that it ended.
            _logger.VerificationFailed(exception);
            Show(run => run with { State = AuditRunState.Failed });
        }
    }

    private async Task<AuditProof> WalkAsync(
        Actor who, AuditHead? given, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (opened, unusable) = await ReadCheckpointsAsync(cancellationToken);
            if (given is not null)
            {
                opened.Add(given);
            }

            var found = await _audit.VerifyAsync(opened, progress, cancellationToken);
            List<AuditHead> held = [.. opened.Where(head => !(head.Number < found.Pruned?.Number))];
            var basis = new AuditBasis(held.MaxBy(head => head.Number)?.Number, held.Count, unusable);
            var proof = new AuditProof(found, basis, who.Name, _clock.GetUtcNow().CutToMilliseconds());
            await _audit.RecordReadAsync(proof.ToEntry(who), cancellationToken);
            return proof;
        }
        finally
        {
            _turn.Release();
        }
    }

    // All of them, which are one an hour and small: the newest alone would attest a log that grew again after it was cut.
    private async Task<(List<AuditHead> Opened, int Unusable)> ReadCheckpointsAsync(CancellationToken cancellationToken)
    {
        List<AuditHead> opened = [];
        var unusable = 0;
        await foreach (var checkpoint in _checkpoints.ReadAllAsync(cancellationToken))
        {
            if (checkpoint.IsTrusted)
            {
                opened.Add(checkpoint.Head);
            }
            else
            {
                unusable++;
            }
        }

        return (opened, unusable);
    }

    private void Walked(long entries)
    {
        if (entries - (_run?.Walked ?? 0) >= ToldAfter)
        {
            Show(run => run with { Walked = entries });
        }
    }

    private void Show(Func<AuditRun, AuditRun> change)
    {
        lock (_gate)
        {
            _run = change(_run!);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    // At once: the base library's own would send it elsewhere and in any order.
    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
