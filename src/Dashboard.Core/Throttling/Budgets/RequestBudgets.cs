using System.Collections.Concurrent;
using System.Net;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Throttling.Budgets;

/// <summary>
/// Whether an address has spent a budget: answered from memory alone, in which <see cref="BudgetSharing"/> keeps what other
/// nodes have counted. An address that never cost anything has no entry.
/// </summary>
public sealed class RequestBudgets
{
    /// <summary>More addresses are not counted: whoever has so many is not stopped by a limit for each.</summary>
    internal const int MostEntries = 50_000;

    private readonly ConcurrentDictionary<(RequestBudget Budget, NetworkAddress Address), BudgetWindow> _windows = new();
    private readonly BudgetOptions _options;
    private readonly TimeProvider _clock;
    private int _entries;

    internal RequestBudgets(IOptions<BudgetOptions> options, TimeProvider clock) => (_options, _clock) = (options.Value, clock);

    /// <summary>True while nothing can be shared with other nodes: each then allows half.</summary>
    internal bool IsAlone { get; set; }

    /// <summary>How many addresses are counted, once for each budget.</summary>
    internal int Entries => Volatile.Read(ref _entries);

    /// <summary>Null where something is left of the budget.</summary>
    public SpentBudget? FindSpent(RequestBudget budget, IPAddress? address)
    {
        if (!_windows.TryGetValue((budget, NetworkAddress.Of(address)), out var window))
        {
            return null;
        }

        var limit = budget.LimitOf(_options);
        return limit == 0 ? null : SpentOf(limit, now => window.WaitFor(Allowed(limit), now));
    }

    /// <summary>
    /// Counts one against the budget where something is left of it, and then answers null. Of any number at once no more get
    /// that than there is left.
    /// </summary>
    public SpentBudget? Spend(RequestBudget budget, IPAddress? address)
    {
        var limit = budget.LimitOf(_options);
        return limit > 0 && FindOrAdd((budget, NetworkAddress.Of(address))) is { } window
            ? SpentOf(limit, now => window.Spend(Allowed(limit), now))
            : null;
    }

    /// <summary>Takes back what <see cref="Spend"/> counted, where it came to nothing.</summary>
    public void Refund(RequestBudget budget, IPAddress? address)
    {
        if (_windows.TryGetValue((budget, NetworkAddress.Of(address)), out var window))
        {
            window.Refund(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Counts one against the budget.</summary>
    public void Charge(RequestBudget budget, IPAddress? address)
    {
        if (budget.LimitOf(_options) > 0 && FindOrAdd((budget, NetworkAddress.Of(address))) is { } window)
        {
            window.Charge(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Every entry, in no order.</summary>
    internal IEnumerable<(RequestBudget Budget, NetworkAddress Address, BudgetWindow Window)> Read() =>
        _windows.Select(entry => (entry.Key.Budget, entry.Key.Address, entry.Value));

    /// <summary>Drops what counts nothing any more.</summary>
    internal void Sweep()
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (key, window) in _windows)
        {
            if (window.IsOver(now) && _windows.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _entries);
            }
        }
    }

    private int Allowed(int limit) => IsAlone ? Math.Max(1, limit / 2) : limit;

    private SpentBudget? SpentOf(int limit, Func<long, long> wait)
    {
        var now = _clock.GetUtcNow();
        var time = TimeSpan.FromMilliseconds(wait(now.ToUnixTimeMilliseconds()));
        return time == TimeSpan.Zero ? null : new SpentBudget(limit, time, now + time);
    }

    private BudgetWindow? FindOrAdd((RequestBudget Budget, NetworkAddress Address) key)
    {
        if (_windows.TryGetValue(key, out var found))
        {
            return found;
        }

        if (Interlocked.Increment(ref _entries) > MostEntries)
        {
            Interlocked.Decrement(ref _entries);
            return null;
        }

        var added = new BudgetWindow();
        var kept = _windows.GetOrAdd(key, added);
        if (!ReferenceEquals(kept, added))
        {
            Interlocked.Decrement(ref _entries);
        }

        return kept;
    }
}
