using System.Collections.Concurrent;
using Dashboard.Core.Access;

namespace Dashboard.Core.Audit;

/// <summary>
/// Records that somebody reads the log: the first time, and again after five minutes. Otherwise whoever keeps its page open, which
/// follows the log, would fill it with nothing but their own reading.
/// </summary>
public sealed class AuditReads : IDisposable
{
    /// <summary>Reading again within this is the same reading.</summary>
    internal static readonly TimeSpan Once = TimeSpan.FromMinutes(5);

    private const int MostKnown = 1_000;

    private readonly AuditLog _audit;
    private readonly AccessControl _access;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    internal AuditReads(AuditLog audit, AccessControl access, TimeProvider clock) => (_audit, _access, _clock) = (audit, access, clock);

    /// <summary>Records it where that is due; when this completes it is recorded.</summary>
    /// <param name="who">Who reads: a session, or whoever has none.</param>
    /// <param name="asked">What of the log, as a query; empty for all of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AccessRefusedException">The actor may not read the log.</exception>
    public async Task RecordAsync(Actor who, string asked, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadAudit);
        var reader = $"{who.Name}\n{who.Session}";
        if (IsKnown(reader))
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsKnown(reader))
            {
                await _audit.RecordReadAsync(
                    new AuditEntry(who, "audit.read", "audit", "log", After: asked is "" ? null : AuditJson.Write(("asked", asked))),
                    cancellationToken);
                Remember(reader);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsKnown(string reader) => _known.TryGetValue(reader, out var at) && (_clock.GetUtcNow() - at).Duration() < Once;

    private void Remember(string reader)
    {
        if (_known.Count >= MostKnown)
        {
            foreach (var old in _known.Keys.Where(known => !IsKnown(known)))
            {
                _known.TryRemove(old, out _);
            }
        }

        _known[reader] = _clock.GetUtcNow();
    }
}
