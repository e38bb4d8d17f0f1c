using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Clients.Registration;

/// <summary>What clients do with their own registration (RFC 7592): read, replace and delete it.</summary>
public sealed class ClientConfiguration
{
    private const int MostTries = 5;
    private const string ByItself = "The client did it itself";

    // Compared with where there is no hash, so that it takes as long.
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly RegistrationPolicies _policies;
    private readonly ClientDirectory _directory;
    private readonly ClientChanges _changes;
    private readonly ClientEnder _ender;
    private readonly RegistrationTokenUses _uses;
    private readonly RegistrationRefusals _refusals;
    private readonly KeyRing _ring;
    private readonly TimeProvider _clock;

    internal ClientConfiguration(
        RegistrationPolicies policies,
        ClientDirectory directory,
        ClientChanges changes,
        ClientEnder ender,
        RegistrationTokenUses uses,
        RegistrationRefusals refusals,
        KeyRing ring,
        TimeProvider clock) =>
        (_policies, _directory, _changes, _ender, _uses, _refusals, _ring, _clock) =
        (policies, directory, changes, ender, uses, refusals, ring, clock);

    /// <summary>Reads a registration; the token stays as it is.</summary>
    /// <param name="clientId">Whose.</param>
    /// <param name="registrationToken">What it was given when it registered, or by its last replacement.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RegistrationOutcome> FindAsync(
        string clientId, string registrationToken, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var presented = await ReadAsync(registrationToken, cancellationToken);
        var found = await _directory.FindAsync(clientId, cancellationToken);
        if (!Proves(presented, found))
        {
            return Unproved(presented, found, clientId, origin);
        }

        Present(presented, origin);
        return new RegistrationOutcome.Registered(found!, null, registrationToken);
    }

    /// <summary>
    /// Replaces all that a client says of itself, and the token with it. What operators gave stays, but nobody vouches any
    /// longer for what is another client now: where people approve clients, it waits again.
    /// </summary>
    /// <param name="clientId">Whose.</param>
    /// <param name="registrationToken">See <see cref="FindAsync"/>.</param>
    /// <param name="draft">All of it, not only what changes.</param>
    /// <param name="secret">The client's secret, where it says one: it cannot choose another. Null where it says none.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RegistrationOutcome> UpdateAsync(
        string clientId,
        string registrationToken,
        ClientDraft draft,
        string? secret,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        var presented = await ReadAsync(registrationToken, cancellationToken);
        var known = await _directory.FindAsync(clientId, cancellationToken);
        if (!Proves(presented, known))
        {
            return Unproved(presented, known, clientId, origin);
        }

        // What it was given it may say again.
        var judged = draft.AccessTokenAlgorithm == known!.AccessTokenAlgorithm ? draft with { AccessTokenAlgorithm = null } : draft;
        List<FieldFault> faults = [.. ClientMetadataRules.FaultsOfOwn(judged, _ring.Algorithms)];
        if (secret is not null && !known.Secrets.Any(kept => IsSame(kept.Hash, ClientSecrets.Hash(secret))))
        {
            faults.Add(new FieldFault("client_secret", "must be the one that Signet chose, or be left out"));
        }

        var policy = await _policies.GetAsync(cancellationToken);
        if (faults is [] && GrantTypesOf(draft, policy, known) is [])
        {
            faults.Add(RegistrationRefusals.NothingLeft);
        }

        if (faults is not [])
        {
            return _refusals.Refuse(faults, clientId, origin);
        }

        var (newSecret, newToken) = (ClientSecrets.New(), ClientSecrets.NewRegistrationToken());
        var update = await _changes.ApplyAsync(
            clientId,
            found => Proves(presented, found)
                ? Replace(found, draft, policy, newSecret, newToken)
                : new ClientUpdate.Unknown(),
            "client.changed",
            ByItself,
            Actor.OfClient(clientId, origin.Ip),
            cancellationToken);
        if (update is not ClientUpdate.Changed changed)
        {
            return Unproved(presented, known, clientId, origin);
        }

        Present(presented, origin);
        return new RegistrationOutcome.Registered(changed.Client, changed.Secret, newToken);
    }

    /// <summary>Deletes a registration, and everything that the client was given. Null where it is done.</summary>
    /// <inheritdoc cref="FindAsync" path="/param"/>
    public async Task<RegistrationOutcome.Refused?> DeleteAsync(
        string clientId, string registrationToken, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var presented = await ReadAsync(registrationToken, cancellationToken);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var found = await _directory.ReadAsync(clientId, cancellationToken);
            if (!Proves(presented, found))
            {
                return Unproved(presented, found, clientId, origin);
            }

            if (await _ender.EndAsync(
                found!, ClientEndReason.Deleted, Actor.OfClient(clientId, origin.Ip), ByItself, cancellationToken) is not null)
            {
                Present(presented, origin);
                return null;
            }
        }

        throw new StoreUnavailableException("The client was changed by others each time.");
    }

    private ClientUpdate.Changed Replace(
        Client found, ClientDraft draft, RegistrationPolicy policy, string newSecret, string newToken)
    {
        var changed = found with
        {
            Name = draft.Name,
            AuthMethod = draft.AuthMethod,
            GrantTypes = GrantTypesOf(draft, policy, found),
            RedirectUris = draft.RedirectUris,
            Scopes = policy.Grant(draft.Scopes, held: found.Scopes),
            AccessTokenAlgorithm = AlgorithmOf(draft, found),
            Details = draft.Details,
        };
        if (!IsSame(changed, found))
        {
            var mustWait = policy.Mode is RegistrationMode.Approval
                && found is { Origin: ClientOrigin.SelfRegistered, State: ClientState.Enabled };
            changed = changed with { IsVerified = false, State = mustWait ? ClientState.Pending : found.State };
        }

        var needsSecret = changed.AuthMethod.UsesSecret && found.Secrets is [];
        return new ClientUpdate.Changed(
            changed with
            {
                RegistrationTokenHash = ClientSecrets.Hash(newToken),
                Secrets = needsSecret ? [ClientSecrets.Keep(newSecret, _clock.GetUtcNow().CutToMilliseconds(), null)]
                    : changed.AuthMethod.UsesSecret ? found.Secrets
                    : [],
            },
            needsSecret ? newSecret : null);
    }

    // A shared secret was an operator's choice: leaving it out does not undo it.
    private static KeyAlgorithm? AlgorithmOf(ClientDraft draft, Client found) =>
        draft.AccessTokenAlgorithm ?? (found.AccessTokenAlgorithm?.IsSymmetric is true ? found.AccessTokenAlgorithm : null);

    // What it was given it keeps, and what it adds waits for approval where people approve clients.
    private static IReadOnlyList<string> GrantTypesOf(ClientDraft draft, RegistrationPolicy policy, Client found) =>
        RegistrationPolicy.GrantTypesOf(
            draft.GrantTypes,
            isAnsweredFor: found.Origin is not ClientOrigin.SelfRegistered
                || found.Allows(GrantTypes.ClientCredentials)
                || (policy.Mode is RegistrationMode.Approval && found.State is not ClientState.Disabled));

    private async Task<Presented> ReadAsync(string registrationToken, CancellationToken cancellationToken)
    {
        var hash = ClientSecrets.Hash(registrationToken);
        return new Presented(hash, await _uses.FindAsync(hash, cancellationToken));
    }

    private bool IsOf(Presented presented, Client? client) =>
        IsSame(client?.RegistrationTokenHash ?? NoHash, presented.Hash) && !_uses.IsRevoked(presented.Row);

    // Whoever is gone or has expired proves nothing any more, and cannot come back by itself.
    private bool Proves(Presented presented, Client? client) =>
        IsOf(presented, client)
        && client!.StandingAt(_clock.GetUtcNow()) is not (ClientStanding.Gone or ClientStanding.Expired);

    private void Present(Presented presented, RequestOrigin origin)
    {
        if (presented.Row is { } row)
        {
            _uses.Present(row.TokenId, origin);
        }
    }

    // Only whoever has the token hears what became of the client. That of one that is gone is known by the ledger alone.
    private RegistrationOutcome.Refused Unproved(
        Presented presented, Client? client, string clientId, RequestOrigin origin) => _refusals.Refuse(
        RegistrationError.InvalidToken,
        client switch
        {
            { Ended: { } ended } when presented.Row?.Client == client.Id =>
                RegistrationEndings.Said(ended),
            { ExpiresAt: { } expiresAt } when IsOf(presented, client) && _clock.GetUtcNow() >= expiresAt =>
                RegistrationEndings.SaidOfExpiry(expiresAt),
            _ => "The registration access token is not one of this client.",
        },
        client is null ? null : clientId,
        origin);

    private static bool IsSame(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);

    private static bool IsSame(Client left, Client right) =>
        left.Name == right.Name
        && left.AuthMethod == right.AuthMethod
        && left.GrantTypes.SequenceEqual(right.GrantTypes, StringComparer.Ordinal)
        && left.RedirectUris.SequenceEqual(right.RedirectUris, StringComparer.Ordinal)
        && left.Scopes.SequenceEqual(right.Scopes, StringComparer.Ordinal)
        && left.Details.Contacts.SequenceEqual(right.Details.Contacts, StringComparer.Ordinal)
        && left.Details with { Contacts = [] } == right.Details with { Contacts = [] };

    private readonly record struct Presented(byte[] Hash, LedgerEntry? Row);
}
