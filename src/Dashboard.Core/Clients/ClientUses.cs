using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients;

/// <summary>Notes in memory which clients authenticated and writes it in batches: nobody ever waits for it.</summary>
public sealed class ClientUses : BatchWriter
{
    private const int MostWaiting = 50_000;
    private const int BatchSize = 500;
    private readonly IClientStore _store;
    private readonly ILogger<ClientUses> _logger;

    // One entry a secret: of many uses within a second the last stands for all.
    private ConcurrentDictionary<(string Client, string? Secret), ClientUse> _waiting = new();
    private bool _isDelayed;

    internal ClientUses(IClientStore store, TimeProvider clock, ILogger<ClientUses> logger)
        : base(clock) =>
        (_store, _logger) = (store, logger);

    /// <summary>A client authenticated just now.</summary>
    /// <param name="clientId">Which.</param>
    /// <param name="secretId">By which of its secrets; null where by none.</param>
    public void Record(string clientId, string? secretId)
    {
        var waiting = Volatile.Read(ref _waiting);
        if (waiting.Count < MostWaiting)
        {
            waiting[(clientId, secretId)] = new ClientUse(clientId, secretId, Clock.GetUtcNow());
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_waiting is { IsEmpty: false, Count: var count })
        {
            _logger.UsesLost(count);
        }
    }

    /// <summary>Writes what waits; what cannot be written waits on.</summary>
    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _waiting).IsEmpty)
        {
            return;
        }

        var waiting = Interlocked.Exchange(ref _waiting, new());
        try
        {
            foreach (var batch in waiting.Values.Chunk(BatchSize))
            {
                await _store.RecordUsesAsync(batch, cancellationToken);
            }

            _isDelayed = false;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            PutBack(waiting);
            if (exception is OperationCanceledException)
            {
                throw;
            }

            // Once, not every second until it is over.
            if (!_isDelayed)
            {
                _logger.UsesDelayed(exception, waiting.Count);
                _isDelayed = true;
            }
        }
    }

    // Newer ones stay. Those that were written are written again: that changes nothing.
    private void PutBack(ConcurrentDictionary<(string Client, string? Secret), ClientUse> uses)
    {
        var waiting = Volatile.Read(ref _waiting);
        foreach (var (key, use) in uses)
        {
            if (waiting.Count >= MostWaiting)
            {
                return;
            }

            waiting.TryAdd(key, use);
        }
    }

}
