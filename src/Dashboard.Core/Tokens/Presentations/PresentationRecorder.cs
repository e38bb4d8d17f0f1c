using System.Collections.Concurrent;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.Presentations;

/// <summary>Notes in memory which tokens were presented and writes it in batches: validation never waits for it.</summary>
internal sealed class PresentationRecorder(ITokenLedger ledger, TimeProvider clock, ILogger<PresentationRecorder> logger)
    : BatchWriter(clock)
{
    private const int MostWaiting = 50_000;
    private const int BatchSize = 1_000;
    // One entry a token: of many presentations within a second the last stands for all.
    private ConcurrentDictionary<string, TokenPresentation> _waiting = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Notes that a token was presented just now.</summary>
    /// <param name="tokenId">Which.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="where">See <see cref="Presentation"/>.</param>
    public void Record(string tokenId, RequestOrigin origin, string where) =>
        Record(new TokenPresentation(tokenId, Clock.GetUtcNow(), origin.Ip, origin.UserAgent, where));

    /// <summary>The same for a presentation somewhere else, which is told of later.</summary>
    public void Record(TokenPresentation presentation)
    {
        var waiting = Volatile.Read(ref _waiting);
        if (waiting.TryGetValue(presentation.TokenId, out var known))
        {
            if (known.At <= presentation.At)
            {
                waiting[presentation.TokenId] = presentation;
            }
        }
        else if (Volatile.Read(ref _count) < MostWaiting && waiting.TryAdd(presentation.TokenId, presentation))
        {
            Interlocked.Increment(ref _count);
        }
    }

    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _waiting).IsEmpty)
        {
            return;
        }

        var waiting = Interlocked.Exchange(ref _waiting, new(StringComparer.Ordinal));
        Volatile.Write(ref _count, 0);
        try
        {
            foreach (var batch in waiting.Values.Chunk(BatchSize))
            {
                await ledger.RecordPresentationsAsync(batch, cancellationToken);
            }
        }
        catch (StoreUnavailableException exception)
        {
            logger.PresentationsLost(exception, waiting.Count);
        }
    }
}
