using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Posture;

/// <summary>What several checks look at, read once for all of them.</summary>
public sealed class PostureScan
{
    /// <summary>No more clients are looked at: beyond it, a report says that there may be more.</summary>
    public const int MostClients = 5_000;

    private PostureScan(DateTimeOffset now, IReadOnlyList<Client> clients, bool hasMoreClients) =>
        (Now, Clients, HasMoreClients) = (now, clients, hasMoreClients);

    public DateTimeOffset Now { get; }

    /// <summary>Clients that have not ended, newest first.</summary>
    public IReadOnlyList<Client> Clients { get; }

    public bool HasMoreClients { get; }

    internal static async Task<PostureScan> ReadAsync(ClientDirectory directory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Client> clients = [];
        string? cursor = null;
        do
        {
            var page = await directory.ListAsync(new ClientFilter(), cursor, PageLimit.Largest, cancellationToken);
            clients.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null && clients.Count < MostClients);

        return new PostureScan(now, clients, cursor is not null);
    }
}
