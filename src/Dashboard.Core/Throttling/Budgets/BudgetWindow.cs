namespace Dashboard.Core.Throttling.Budgets;

/// <summary>
/// What an address has cost in the last minute: this minute's costs, and of the last minute's as much as still lies within
/// sixty seconds, taken to be even.
/// </summary>
internal sealed class BudgetWindow
{
    public const long Length = 60_000;

    private readonly Lock _gate = new();
    private long _minute;
    private int _current;
    private int _previous;
    private int _unshared;

    /// <summary>True where neither this minute nor the last one counts anything.</summary>
    public bool IsOver(long now)
    {
        lock (_gate)
        {
            return _minute < (now / Length) - 1 || _minute > (now / Length) + 1;
        }
    }

    /// <summary>Counts one.</summary>
    public void Charge(long now)
    {
        lock (_gate)
        {
            MoveTo(now / Length);
            _current++;
            _unshared++;
        }
    }

    /// <summary>Counts one less: what was counted did not come to cost anything.</summary>
    public void Refund(long now)
    {
        lock (_gate)
        {
            MoveTo(now / Length);
            var one = Math.Min(1, _current);
            (_current, _unshared) = (_current - one, _unshared - one);
        }
    }

    /// <summary>Counts one where less than the limit is used, in one step; tells what <see cref="WaitFor"/> does.</summary>
    public long Spend(int limit, long now)
    {
        lock (_gate)
        {
            var wait = WaitFor(limit, now);
            if (wait == 0)
            {
                Charge(now);
            }

            return wait;
        }
    }

    /// <summary>Milliseconds until less than the limit is used; 0 where it is now.</summary>
    public long WaitFor(int limit, long now)
    {
        lock (_gate)
        {
            MoveTo(now / Length);
            var elapsed = now % Length;
            if (_current >= limit)
            {
                // In the next minute these are the last one's.
                return Length - elapsed + (long)Math.Ceiling((1 - ((double)limit / _current)) * Length) + 1;
            }

            var room = limit - _current;
            var free = _previous <= room ? 0 : (long)Math.Ceiling((1 - ((double)room / _previous)) * Length) + 1;
            return Math.Max(0, free - elapsed);
        }
    }

    /// <summary>What other nodes do not know yet, and the minute it belongs to. They are taken to know it from now on.</summary>
    public (long Minute, int Count) TakeUnshared(long now)
    {
        lock (_gate)
        {
            MoveTo(now / Length);
            var count = _unshared;
            _unshared = 0;
            return (_minute, count);
        }
    }

    /// <summary>Other nodes could not be told.</summary>
    public void GiveBack(long minute, int count)
    {
        lock (_gate)
        {
            _unshared += minute == _minute ? count : 0;
        }
    }

    /// <summary>What all nodes have counted together, without what was charged here since.</summary>
    public void Learn(long minute, int current, int previous)
    {
        lock (_gate)
        {
            if (minute == _minute)
            {
                (_current, _previous) = (current + _unshared, Math.Max(previous, _previous));
            }
            else if (minute == _minute - 1)
            {
                _previous = Math.Max(current, _previous);
            }
        }
    }

    // Backwards, too: where the clock was set back everything begins anew.
    private void MoveTo(long minute)
    {
        if (minute == _minute)
        {
            return;
        }

        (_previous, _current, _unshared) = (minute == _minute + 1 ? _current : 0, 0, 0);
        _minute = minute;
    }
}
