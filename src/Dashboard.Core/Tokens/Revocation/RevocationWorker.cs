using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>
/// Writes running revocations into the ledger, a batch at a time, so that no other write waits long. The node that began one
/// writes it; the leader takes up what was left unfinished. Batches follow the cursor in the store, so that two nodes at the
/// same revocation write no token twice.
/// </summary>
internal sealed class RevocationWorker(
    IRevocationStore store,
    RevocationList list,
    IChangeFeed feed,
    LeaderElection election,
    SignetMeters meters,
    TimeProvider clock,
    ILogger<RevocationWorker> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _work = new(1, int.MaxValue);

    /// <summary>Says that there is something to do.</summary>
    public void Wake() => _work.Release();

    public override void Dispose()
    {
        _work.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await _work.WaitAsync(LookAgain, stoppingToken) || await election.FindTermAsync(stoppingToken) is not null)
                {
                    await FinishAllAsync(stoppingToken);
                }

                list.ForgetExpired(clock.GetUtcNow());
            }
            catch (StoreUnavailableException exception)
            {
                logger.RevocationsDelayed(exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The next start goes on from here.
            }
        }
    }

    /// <summary>Writes one running revocation to its end, whoever else is at it, and gives what became of it.</summary>
    /// <param name="revocation">Which.</param>
    /// <param name="progressed">Told after each batch how far it is; null where nobody looks.</param>
    /// <param name="stoppingToken">Stops between two batches; the leader goes on from there.</param>
    public async Task<TokenRevocation> FinishAsync(
        TokenRevocation revocation, Action<TokenRevocation>? progressed, CancellationToken stoppingToken)
    {
        RevocationBatch batch;
        do
        {
            batch = await store.ContinueAsync(revocation.Id, BatchSize, stoppingToken);
            foreach (var (tokenId, expiresAt) in batch.Tokens)
            {
                list.Add(tokenId, expiresAt);
            }

            meters.TokensRevoked(batch.Tokens.Count, RevocationNames.NameOf(revocation.Scope));
            if (revocation.Scope is RevocationScope.Filter && batch.Tokens is not [])
            {
                feed.Publish(new Change(ChangeKind.Revocations, revocation.Id));
            }

            feed.Publish(new Change(ChangeKind.Tokens, null));
            progressed?.Invoke(batch.Revocation);
        }
        while (batch.Revocation.State is RevocationState.Running);
        return batch.Revocation;
    }

    private async Task FinishAllAsync(CancellationToken stoppingToken)
    {
        foreach (var revocation in await store.FindRunningAsync(stoppingToken))
        {
            await FinishAsync(revocation, null, stoppingToken);
        }
    }
}
