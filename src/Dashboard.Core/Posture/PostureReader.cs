using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Posture;

/// <summary>
/// Looks how safely the deployment is set up. However many ask, it looks once a minute, a little sooner where something was changed,
/// and when somebody wants it anew.
/// </summary>
public sealed class PostureReader : IDisposable
{
    /// <summary>So many objects of a finding are named; the others are counted.</summary>
    public const int MostNamed = 20;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    // Whoever has put something right comes back to see it gone.
    private static readonly TimeSpan FreshnessAfterChange = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<IPostureCheck> _checks;
    private readonly ClientDirectory _clients;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile Look? _last;

    internal PostureReader(IEnumerable<IPostureCheck> checks, ClientDirectory clients, AuditLog audit, TimeProvider clock) =>
        (_checks, _clients, _audit, _clock) = ([.. checks], clients, audit, clock);

    /// <summary>The report of the last minute, or a new one.</summary>
    /// <param name="isAnew">True to look again, however young the last report is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<PostureReport> ReadAsync(bool isAnew, CancellationToken cancellationToken)
    {
        var before = _last;
        if (!isAnew && await IsFreshAsync(before, cancellationToken))
        {
            return before!.Report;
        }

        await _looking.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited for another's look takes what came of it.
            if (_last is { } last && last != before && await IsFreshAsync(last, cancellationToken))
            {
                return last.Report;
            }

            // Before anything is read: a change meanwhile counts as one after it.
            var newest = await NewestChangeAsync(cancellationToken);
            _last = new Look(await LookAsync(cancellationToken), newest);
            return _last.Report;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task<bool> IsFreshAsync(Look? look, CancellationToken cancellationToken)
    {
        if (look is null)
        {
            return false;
        }

        var age = (_clock.GetUtcNow() - look.Report.At).Duration();
        return age < FreshnessAfterChange || (age < Freshness && await NewestChangeAsync(cancellationToken) == look.NewestChange);
    }

    private async Task<long> NewestChangeAsync(CancellationToken cancellationToken) =>
        (await _audit.FindNewestAsync(cancellationToken))?.Number ?? 0;

    private async Task<PostureReport> LookAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var scan = await PostureScan.ReadAsync(_clients, now, cancellationToken);
        List<PostureFinding> findings = [];
        List<PostureRule> kept = [];
        foreach (var check in _checks)
        {
            var found = await check.FindAsync(scan, cancellationToken);
            if (found.Objects is [])
            {
                kept.Add(check.Rule);
            }
            else
            {
                findings.Add(new PostureFinding(
                    check.Rule, [.. found.Objects.Take(MostNamed)], found.Total ?? found.Objects.Count, found.IsCapped));
            }
        }

        return new PostureReport(now, [.. findings.OrderByDescending(finding => finding.Rule.Severity)], kept);
    }

    private sealed record Look(PostureReport Report, long NewestChange);
}
