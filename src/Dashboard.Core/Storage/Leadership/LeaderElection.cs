using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Leadership;

/// <summary>
/// Elects the one node that does what only one may do, such as purging. The leader renews its lease every few seconds; when
/// it dies another takes over within <see cref="Lease"/>. What it writes as leader carries its <see cref="Term"/>, which the
/// store compares.
/// </summary>
internal sealed class LeaderElection(ILeaseStore store, TimeProvider clock, ILogger<LeaderElection> logger) : BackgroundService
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _holding = new(1, 1);
    private Held? _held;

    /// <summary>The name of this node, made anew with each start.</summary>
    public string Node { get; } = Identifiers.NewId();

    /// <summary>The term of this node; null where another node leads, or where nobody can tell.</summary>
    public async Task<Term?> FindTermAsync(CancellationToken cancellationToken)
    {
        await _holding.WaitAsync(cancellationToken);
        try
        {
            // Asked often, it answers from memory: the lease outlives its renewal by far.
            if (_held is not { } held || clock.GetUtcNow() >= held.At + Renewal)
            {
                _held = await HoldAsync(cancellationToken);
            }

            return _held?.Term;
        }
        finally
        {
            _holding.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_held is null)
        {
            return;
        }

        try
        {
            // Also where the host has no patience left: the store has its own time-out.
            await store.ReleaseAsync(Node, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The lease ends by itself.
        }
    }

    public override void Dispose()
    {
        _holding.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        do
        {
            await RenewAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        try
        {
            await FindTermAsync(stoppingToken);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LeaseNotRenewed(exception);
        }
    }

    private async Task<Held?> HoldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = _held?.Term;
        _held = null;
        if (await store.HoldAsync(Node, now, now + Lease, cancellationToken) is not { } term)
        {
            return null;
        }

        if (term != before)
        {
            logger.Leads(term.Number);
        }

        return new Held(term, now);
    }

    private sealed record Held(Term Term, DateTimeOffset At);
}
