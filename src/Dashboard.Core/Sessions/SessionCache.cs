using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Core.Sessions;

/// <summary>
/// Live sessions in memory, so that a request costs no read. Never holds that something does not exist, forgets on every
/// change, and reads again after a while in case news of a change was lost.
/// </summary>
internal sealed class SessionCache(TimeProvider clock)
{
    /// <summary>How long an entry counts without being read again.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(10);

    private const int MostEntries = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nameBySecret = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Take it before reading the store: what was read before a change must not be kept after it.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    public bool TryFind(string name, [NotNullWhen(true)] out Session? session)
    {
        lock (_gate)
        {
            session = _byName.TryGetValue(name, out var entry) && entry.FreshUntil > clock.GetTimestamp() ? entry.Session : null;
            return session is not null;
        }
    }

    public bool TryFindBySecret(byte[] secretHash, [NotNullWhen(true)] out Session? session)
    {
        session = null;
        lock (_gate)
        {
            return _nameBySecret.TryGetValue(Convert.ToHexString(secretHash), out var name) && TryFind(name, out session);
        }
    }

    /// <summary>Keeps a session that was read while <paramref name="generation"/> was current.</summary>
    public void Keep(Session session, byte[]? secretHash, long generation)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            if (_byName.Count >= MostEntries)
            {
                _byName.Clear();
                _nameBySecret.Clear();
            }

            var freshUntil = clock.GetTimestamp() + (long)(MaximumAge.TotalSeconds * clock.TimestampFrequency);
            var secret = secretHash is null ? _byName.GetValueOrDefault(session.Name)?.Secret : Convert.ToHexString(secretHash);
            _byName[session.Name] = new Entry(session, secret, freshUntil);
            if (secret is not null)
            {
                _nameBySecret[secret] = session.Name;
            }
        }
    }

    /// <summary>Forgets one session, or all where the name is null.</summary>
    public void Forget(string? name)
    {
        lock (_gate)
        {
            _generation++;
            if (name is null)
            {
                _byName.Clear();
                _nameBySecret.Clear();
            }
            else if (_byName.Remove(name, out var entry) && entry.Secret is not null)
            {
                _nameBySecret.Remove(entry.Secret);
            }
        }
    }

    private sealed record Entry(Session Session, string? Secret, long FreshUntil);
}
