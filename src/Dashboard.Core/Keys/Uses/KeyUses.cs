using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Keys.Uses;

/// <summary>
/// Counts in memory what keys sign and verify and writes it in batches: nobody ever waits for it. A crash loses the last second.
/// </summary>
public sealed class KeyUses : BatchWriter
{
    private readonly IKeyUseStore _store;
    private readonly ILogger<KeyUses> _logger;

    // No more entries than there are keys, only kids of the ring come here; never taken out, so that no use is counted aside.
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);
    private bool _isDelayed;

    internal KeyUses(IKeyUseStore store, TimeProvider clock, ILogger<KeyUses> logger)
        : base(clock) =>
        (_store, _logger) = (store, logger);

    /// <summary>The uses of every key by <c>kid</c>, those of the last second left out.</summary>
    public Task<IReadOnlyDictionary<string, KeyUse>> ReadAsync(CancellationToken cancellationToken) => _store.ReadAsync(cancellationToken);

    /// <summary>A key signed a token just now.</summary>
    internal void RecordSigned(string keyId)
    {
        var counter = CounterOf(keyId);
        Interlocked.Increment(ref counter.Issued);
        Volatile.Write(ref counter.LastSigned, Clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>A token that a key signed was accepted just now.</summary>
    internal void RecordVerified(string keyId) =>
        Volatile.Write(ref CounterOf(keyId).LastVerified, Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Writes what waits; what cannot be written waits on.</summary>
    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, KeyUse> uses = new(StringComparer.Ordinal);
        foreach (var (keyId, counter) in _counters)
        {
            if (counter.Take() is var use && use != KeyUse.None)
            {
                uses.Add(keyId, use);
            }
        }

        if (uses.Count is 0)
        {
            return;
        }

        try
        {
            await _store.AddAsync(uses, cancellationToken);
            _isDelayed = false;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            foreach (var (keyId, use) in uses)
            {
                CounterOf(keyId).Add(use);
            }

            if (exception is OperationCanceledException)
            {
                throw;
            }

            // Once, not every second until it is over.
            if (!_isDelayed)
            {
                _logger.UsesDelayed(exception, uses.Count);
                _isDelayed = true;
            }
        }
    }

    private Counter CounterOf(string keyId) => _counters.GetOrAdd(keyId, static _ => new Counter());

    private sealed class Counter
    {
        public long Issued;
        public long LastVerified;

        public long LastSigned;

        public KeyUse Take()
        {
            var (issued, signed, verified) =
                (Interlocked.Exchange(ref Issued, 0), Interlocked.Exchange(ref LastSigned, 0), Interlocked.Exchange(ref LastVerified, 0));
            return new KeyUse(issued, Time(verified)) { LastSignedAt = Time(signed) };
        }

        // Newer times stay.
        public void Add(KeyUse use)
        {
            Interlocked.Add(ref Issued, use.Issued);
            PutBack(ref LastSigned, use.LastSignedAt);
            PutBack(ref LastVerified, use.LastVerifiedAt);
        }

        private static void PutBack(ref long place, DateTimeOffset? at)
        {
            if (at is { } time)
            {
                Interlocked.CompareExchange(ref place, time.ToUnixTimeMilliseconds(), 0);
            }
        }

        private static DateTimeOffset? Time(long milliseconds) =>
            milliseconds is 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
