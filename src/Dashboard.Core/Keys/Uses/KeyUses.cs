using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Keys.Uses;

/// <summary>
/// Counts in memory what keys sign and verify and writes it in batches: nobody ever waits for it. A crash loses the last second.
/// </summary>
public sealed class KeyUses : BackgroundService
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    private readonly IKeyUseStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyUses> _logger;

    // No more entries than there are keys: only kids of the ring come here.
    private ConcurrentDictionary<string, Counter> _waiting = new(StringComparer.Ordinal);
    private bool _isDelayed;

    internal KeyUses(IKeyUseStore store, TimeProvider clock, ILogger<KeyUses> logger) =>
        (_store, _clock, _logger) = (store, clock, logger);

    /// <summary>The uses of every key by <c>kid</c>, those of the last second left out.</summary>
    public Task<IReadOnlyDictionary<string, KeyUse>> ReadAsync(CancellationToken cancellationToken) => _store.ReadAsync(cancellationToken);

    /// <summary>A key signed a token just now.</summary>
    internal void RecordSigned(string keyId) => Interlocked.Increment(ref CounterOf(keyId).Issued);

    /// <summary>A token that a key signed was accepted just now.</summary>
    internal void RecordVerified(string keyId) =>
        Volatile.Write(ref CounterOf(keyId).LastVerified, _clock.GetUtcNow().ToUnixTimeMilliseconds());

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what waits; what cannot be written waits on.</summary>
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _waiting).IsEmpty)
        {
            return;
        }

        var waiting = Interlocked.Exchange(ref _waiting, new(StringComparer.Ordinal));
        var uses = waiting.ToDictionary(pair => pair.Key, pair => pair.Value.ToUse(), StringComparer.Ordinal);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteInterval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is written when stopping.
        }
    }

    private Counter CounterOf(string keyId) => Volatile.Read(ref _waiting).GetOrAdd(keyId, static _ => new Counter());

    private sealed class Counter
    {
        public long Issued;
        public long LastVerified;

        public KeyUse ToUse() => new(
            Volatile.Read(ref Issued),
            Volatile.Read(ref LastVerified) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);

        public void Add(KeyUse use)
        {
            Interlocked.Add(ref Issued, use.Issued);
            if (use.LastVerifiedAt is { } at)
            {
                Interlocked.CompareExchange(ref LastVerified, at.ToUnixTimeMilliseconds(), 0);
            }
        }
    }
}
