using Microsoft.Extensions.Options;

namespace Dashboard.SignIn;

/// <summary>
/// Counts the connected circuits of this node. Those that lost their connection are bounded by the framework
/// (<c>DisconnectedCircuitMaxRetained</c>).
/// </summary>
internal sealed class OpenCircuits(IOptions<CircuitLimitOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bySession = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>How many there are now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>True where another one would be let in now.</summary>
    public bool HasRoom(string session, string address)
    {
        lock (_gate)
        {
            return _total < options.Value.Total
                && _bySession.GetValueOrDefault(session) < options.Value.PerSession
                && _byAddress.GetValueOrDefault(address) < options.Value.PerAddress;
        }
    }

    /// <summary>Takes a place until it is disposed; null where there is none.</summary>
    public IDisposable? Enter(string session, string address)
    {
        lock (_gate)
        {
            if (!HasRoom(session, address))
            {
                return null;
            }

            Add(session, address, 1);
            return new Place(this, session, address);
        }
    }

    private void Leave(string session, string address)
    {
        lock (_gate)
        {
            Add(session, address, -1);
        }
    }

    private void Add(string session, string address, int change)
    {
        _total += change;
        Add(_bySession, session, change);
        Add(_byAddress, address, change);
    }

    // What is empty is forgotten: neither sessions nor addresses pile up.
    private static void Add(Dictionary<string, int> counts, string key, int change)
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            counts.Remove(key);
        }
        else
        {
            counts[key] = count;
        }
    }

    private sealed class Place(OpenCircuits open, string session, string address) : IDisposable
    {
        private bool _hasLeft;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _hasLeft, true))
            {
                open.Leave(session, address);
            }
        }
    }
}
