using Dashboard.Core.Sessions;

namespace Dashboard.SignIn;

/// <summary>Gives out tickets in a circuit whose browser has proved its key, and while its session lives; null otherwise.</summary>
public sealed class CircuitTickets(CircuitSession session, CircuitConnection connection, PageTickets tickets)
{
    public async Task<string?> ForApiAsync(CancellationToken cancellationToken) =>
        await FindSessionAsync(cancellationToken) is { } name ? tickets.ForApi(name) : null;

    /// <inheritdoc cref="PageTickets.ForDownload"/>
    public async Task<string?> ForDownloadAsync(string address, CancellationToken cancellationToken) =>
        await FindSessionAsync(cancellationToken) is { } name ? tickets.ForDownload(name, address) : null;

    private async Task<string?> FindSessionAsync(CancellationToken cancellationToken) =>
        connection.IsProven && await session.FindAsync(cancellationToken) is SessionLookup.Live { Session.Name: var name }
            ? name
            : null;
}
