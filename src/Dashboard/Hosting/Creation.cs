using Dashboard.Core.Idempotency;
using Dashboard.Core.Primitives;

namespace Dashboard.Hosting;

/// <summary>A creation that has begun.</summary>
internal sealed class Creation(IdempotentRequests requests, ILogger logger) : IAsyncDisposable
{
    private bool _isMade;

    /// <summary>Why nothing may be created; null where it may.</summary>
    public ProblemResult? Refusal { get; init; }

    /// <summary>Null where the request has no key.</summary>
    internal IdempotencyOutcome.Begun? Begun { get; init; }

    /// <summary>
    /// Keeps what was made, for a repeat. It is there whether or not that can be written down, so a store that fails now
    /// fails nothing: a repeat after a minute then creates again.
    /// </summary>
    public Task MadeAsync(string id)
    {
        _isMade = true;
        return Begun is { } begun ? TryAsync(requests.CompleteAsync(begun, id, CancellationToken.None)) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isMade && Begun is { } begun)
        {
            await TryAsync(requests.ReleaseAsync(begun, CancellationToken.None));
        }
    }

    private async Task TryAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (StoreUnavailableException exception)
        {
            logger.CreationNotKept(exception);
        }
    }
}
