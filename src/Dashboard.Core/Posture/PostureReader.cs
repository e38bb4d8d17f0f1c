using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Posture;

/// <summary>Looks how safely the deployment is set up. However many ask, it looks once a minute, and when somebody wants it anew.</summary>
public sealed class PostureReader : IDisposable
{
    /// <summary>So many objects of a finding are named; the others are counted.</summary>
    public const int MostNamed = 20;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<IPostureCheck> _checks;
    private readonly ClientDirectory _clients;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile PostureReport? _last;

    internal PostureReader(IEnumerable<IPostureCheck> checks, ClientDirectory clients, TimeProvider clock) =>
        (_checks, _clients, _clock) = ([.. checks], clients, clock);

    /// <summary>The report of the last minute, or a new one.</summary>
    /// <param name="isAnew">True to look again, however young the last report is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<PostureReport> ReadAsync(bool isAnew, CancellationToken cancellationToken)
    {
        var before = _last;
        if (!isAnew && IsFresh(before))
        {
            return before!;
        }

        await _looking.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited for another's look takes what came of it.
            if (_last is { } last && last != before && IsFresh(last))
            {
                return last;
            }

            return _last = await LookAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private bool IsFresh(PostureReport? report) => report is not null && (_clock.GetUtcNow() - report.At).Duration() < Freshness;

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
}
