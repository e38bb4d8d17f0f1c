using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Storage.Purging;

/// <summary>
/// The wish that the node that leads purges at once. It stands in the store until that is done, so that it outlives whoever is
/// to fulfil it; whoever wishes the same meanwhile waits for the same run.
/// </summary>
internal sealed class PurgeRequests(IStoreEnd store, IChangeFeed feed)
{
    /// <summary>The wish that is open; null for none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        (await store.ReadFactsAsync(cancellationToken)).GetValueOrDefault(StoreFacts.PurgeAsked);

    /// <summary>Makes it, and tells every node.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be written.</exception>
    public async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } request)
        {
            request = Identifiers.NewId();
            await WriteAsync(request, cancellationToken);
        }

        await feed.TellAsync(new Change(ChangeKind.Purges, null));
        return request;
    }

    /// <summary>Ends it: fulfilled, or given up.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be written.</exception>
    public Task EndAsync(CancellationToken cancellationToken) => WriteAsync(null, cancellationToken);

    private Task WriteAsync(string? request, CancellationToken cancellationToken) => store.WriteFactsAsync(
        new Dictionary<string, string?>(StringComparer.Ordinal) { [StoreFacts.PurgeAsked] = request }, cancellationToken);
}
