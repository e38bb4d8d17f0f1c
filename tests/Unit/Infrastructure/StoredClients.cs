using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Stores of clients and their tokens, for tests that the ledger's part of it does not matter to.</summary>
internal static class StoredClients
{
    public static Task<bool> AddAsync(
        this IClientStore store, Client client, AuditEntry audit, CancellationToken cancellationToken) =>
        store.AddAsync(client, LedgerChange.None, audit, cancellationToken);

    public static Task<bool> ReplaceAsync(
        this IClientStore store, Client changed, AuditEntry audit, CancellationToken cancellationToken) =>
        store.ReplaceAsync(changed, LedgerChange.None, audit, cancellationToken);

    public static Task AddAsync(
        this IInitialAccessTokenStore store, InitialAccessToken added, AuditEntry audit, CancellationToken cancellationToken) =>
        store.AddAsync(added, RegistrationCredentials.RowOf(added), audit, cancellationToken);
}
