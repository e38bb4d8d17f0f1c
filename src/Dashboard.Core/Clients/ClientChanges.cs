using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Clients;

/// <summary>Writes clients with their audit entries and the rows of their registration tokens, and tells everybody; again from anew where somebody else was faster.</summary>
internal sealed class ClientChanges(
    IClientStore store, ClientDirectory directory, IChangeFeed feed, SignetMeters meters, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>Adds a client; false where its id is or was taken.</summary>
    public async Task<bool> AddAsync(Client client, string? reason, Actor who, CancellationToken cancellationToken)
    {
        var ledger = RegistrationCredentials.Between(null, client, who, Now());
        var added = await store.AddAsync(client, ledger, ClientAudit.Created(client, reason, who), cancellationToken);
        await TellAsync(client.Id, added, ledger);
        return added;
    }

    /// <summary>Changes a client from what it is now.</summary>
    /// <param name="id">Which.</param>
    /// <param name="decide">What shall become of it; may be asked several times. What is no change is answered as it is.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">Whoever does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ClientUpdate> ApplyAsync(
        string id, Func<Client, ClientUpdate> decide, string action, string? reason, Actor who, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await store.FindAsync(id, cancellationToken) is not { Ended: null } found)
            {
                return new ClientUpdate.Unknown();
            }

            var decided = decide(found);
            if (decided is not ClientUpdate.Changed wanted)
            {
                return decided;
            }

            if (await ReplaceAsync(found, wanted.Client, action, reason, who, cancellationToken) is { } stored)
            {
                return wanted with { Client = stored };
            }
        }

        // Somebody changes this client without end: whoever asked is told to try again.
        throw new StoreUnavailableException("The client was changed by others each time.");
    }

    /// <summary>Replaces a client as it was read; null where somebody else was faster.</summary>
    public async Task<Client?> ReplaceAsync(
        Client found, Client changed, string action, string? reason, Actor who, CancellationToken cancellationToken)
    {
        var ledger = RegistrationCredentials.Between(found, changed, who, Now());
        var replaced = await store.ReplaceAsync(
            changed, ledger, ClientAudit.Changed(found, changed, action, reason, who), cancellationToken);
        await TellAsync(changed.Id, replaced, ledger);
        return replaced ? changed with { Version = changed.Version + 1 } : null;
    }

    /// <summary>Notes of a tombstone that everything the client was given is revoked.</summary>
    public async Task SetCutOffAsync(string id, CancellationToken cancellationToken)
    {
        await store.SetCutOffAsync(id, cancellationToken);
        directory.Forget(id);
    }

    // Also where nothing was written: what this node remembers may be older than what stood in the way.
    private async Task TellAsync(string id, bool isChanged, LedgerChange ledger)
    {
        directory.Forget(id);
        if (isChanged)
        {
            if (ledger.Added is { } token)
            {
                meters.TokenIssued(token.Kind.Name);
            }

            var change = new Change(ChangeKind.Clients, id);
            var audit = new Change(ChangeKind.Audit, null);
            await (ledger == LedgerChange.None
                ? feed.TellAsync(change, audit)
                : feed.TellAsync(change, audit, new Change(ChangeKind.Tokens, ledger.Added?.TokenId ?? ledger.EndedId)));
        }
    }

    private DateTimeOffset Now() => clock.GetUtcNow().CutToMilliseconds();
}
