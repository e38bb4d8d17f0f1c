using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients;

/// <summary>
/// What administrators, and commands on the server, do with clients. Every change stands in the audit log with what was
/// before and after, and no secret.
/// </summary>
public sealed class ClientAdministration
{
    private readonly IClientStore _store;
    private readonly ClientChanges _changes;
    private readonly ClientEnder _ender;
    private readonly TokenRevocations _revocations;
    private readonly AccessControl _access;
    private readonly IOptions<TokenOptions> _limits;
    private readonly KeyRing _ring;
    private readonly TimeProvider _clock;

    internal ClientAdministration(
        IClientStore store,
        ClientChanges changes,
        ClientEnder ender,
        TokenRevocations revocations,
        AccessControl access,
        IOptions<TokenOptions> limits,
        KeyRing ring,
        TimeProvider clock) =>
        (_store, _changes, _ender, _revocations, _access, _limits, _ring, _clock) =
        (store, changes, ender, revocations, access, limits, ring, clock);

    /// <summary>Registers a client. It gets its id here, and a secret where it is to prove itself with one.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<ClientCreation> CreateAsync(
        ClientDraft draft, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        List<FieldFault> faults = [.. FaultsOf(draft)];
        if (ClientEdits.FaultOf(draft.Lifetime) is { } fault)
        {
            faults.Add(fault);
        }

        if (faults is not [])
        {
            return new ClientCreation.Invalid(faults);
        }

        var now = Now();
        var secret = draft.AuthMethod.UsesSecret ? ClientSecrets.New() : null;
        var added = ClientEdits.Apply(
            new Client
            {
                Id = "client_" + Identifiers.NewId(),
                Name = draft.Name,
                Origin = ClientOrigin.Operator,
                CreatedBy = who.Name,
                CreatedAt = now,
                ExpiresAt = now + draft.Lifetime,
                AuthMethod = draft.AuthMethod,
                GrantTypes = draft.GrantTypes,
                Secrets = secret is null ? [] : [ClientSecrets.Keep(secret, now, null)],
            },
            draft);
        return await _changes.AddAsync(added, reason, who, cancellationToken)
            ? new ClientCreation.Created(added, secret, null)
            : new ClientCreation.IdTaken();
    }

    /// <summary>
    /// Makes a registration what a draft says, but for its lifetime. A client that begins to prove itself with a secret gets
    /// one; one that ends to do so loses its secrets.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="draft">All of it, not only what changes.</param>
    /// <param name="version">That of the client as it was read: nobody overwrites what they have not seen.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> UpdateAsync(
        string id, ClientDraft draft, long version, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.Update(found, draft, version, FaultsOf, Now()), "client.changed", reason, who, cancellationToken);

    /// <summary>Keeps a client out, tokens and all, or lets it in again. Its tokens are refused meanwhile, and not revoked.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> SetEnabledAsync(
        string id, bool isEnabled, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id,
        found => ClientEdits.SetEnabled(found, isEnabled),
        isEnabled ? "client.enabled" : "client.disabled",
        reason,
        who,
        cancellationToken);

    /// <summary>What would become of a client that is kept out. Nothing is changed.</summary>
    public static ClientUpdate TryDisable(Client client) =>
        client.Ended is null ? ClientEdits.SetEnabled(client, false) : new ClientUpdate.Unknown();

    /// <summary>Vouches for a client.</summary>
    /// <param name="id">Which.</param>
    /// <param name="version">That of the client as it was looked at: what it has made of itself since nobody vouches for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> VerifyAsync(
        string id, long version, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.Verify(found, version), "client.verified", reason, who, cancellationToken);

    /// <summary>Vouches for a client no longer.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> UnverifyAsync(string id, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id,
        static found => found.IsVerified
            ? new ClientUpdate.Changed(found with { IsVerified = false })
            : new ClientUpdate.Already(found),
        "client.unverified",
        reason,
        who,
        cancellationToken);

    /// <summary>Lets a registration last so long from now on, also one that has expired but not ended; null for ever.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> RenewAsync(
        string id, TimeSpan? lifetime, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.Renew(found, lifetime, Now()), "client.renewed", reason, who, cancellationToken);

    /// <summary>Lets a client in that registered itself and waits.</summary>
    /// <inheritdoc cref="VerifyAsync" path="/param"/>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> ApproveAsync(
        string id, long version, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.Approve(found, version), "client.approved", reason, who, cancellationToken);

    /// <summary>Ends a client that registered itself and waits.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> RejectAsync(string id, string reason, Actor who, CancellationToken cancellationToken) =>
        EndAsync(
            id,
            ClientEndReason.Rejected,
            static found => found.State is ClientState.Pending ? null : new ClientUpdate.NotWaiting(found),
            reason,
            who,
            cancellationToken);

    /// <summary>Gives a client one more secret, so that it can move on to it; null for one that lasts as long as the client.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> AddSecretAsync(
        string id, TimeSpan? lifetime, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.AddSecret(found, [], lifetime, Now()), "client.secret_added", reason, who, cancellationToken);

    /// <summary>
    /// Gives a client a secret in the place of others, in one change: it is never without, and where the new one is refused none
    /// goes.
    /// </summary>
    /// <param name="id">Whose.</param>
    /// <param name="replaced">Those that go, by their ids; whether they are in use does not matter.</param>
    /// <param name="lifetime">How long the new one works; null for as long as the client.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> ReplaceSecretsAsync(
        string id,
        IReadOnlyCollection<string> replaced,
        TimeSpan? lifetime,
        string reason,
        Actor who,
        CancellationToken cancellationToken) => ChangeAsync(
        id,
        found => ClientEdits.AddSecret(found, replaced, lifetime, Now()),
        "client.secrets_replaced",
        reason,
        who,
        cancellationToken);

    /// <summary>What would become of a client that gets a secret in the place of others, or of none. Nothing is changed.</summary>
    public ClientUpdate TryAddSecret(Client client, IReadOnlyCollection<string> replaced, TimeSpan? lifetime) =>
        client.Ended is null ? ClientEdits.AddSecret(client, replaced, lifetime, Now()) : new ClientUpdate.Unknown();

    /// <summary>Takes a secret from a client.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="secretId">Which.</param>
    /// <param name="force">True to take it even where it was used not long ago, or is the last one that works.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> DeleteSecretAsync(
        string id, string secretId, bool force, string reason, Actor who, CancellationToken cancellationToken) => ChangeAsync(
        id, found => ClientEdits.DeleteSecret(found, secretId, force, Now()), "client.secret_deleted", reason, who, cancellationToken);

    /// <summary>Makes a new token that manages the registration (RFC 7592); the old one is no good any more.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> NewRegistrationTokenAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        var token = ClientSecrets.NewRegistrationToken();
        return ChangeAsync(
            id,
            found => new ClientUpdate.Changed(found with { RegistrationTokenHash = ClientSecrets.Hash(token) }, token),
            "client.registration_token_renewed",
            reason,
            who,
            cancellationToken);
    }

    /// <summary>
    /// Ends a client for good: its secrets are gone, and everything it was given is revoked. Asked again it makes up for a
    /// revocation that failed.
    /// </summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<ClientUpdate> DeleteAsync(string id, string reason, Actor who, CancellationToken cancellationToken) =>
        EndAsync(id, ClientEndReason.Deleted, static _ => null, reason, who, cancellationToken);

    /// <summary>The live tokens of a client: what a deletion would revoke, and what is refused of one that is disabled.</summary>
    public Task<RevocationPreview> PreviewDeletionAsync(string id, CancellationToken cancellationToken) =>
        _revocations.PreviewAsync(TokenRevocations.FilterOf(RevocationScope.Client, id), cancellationToken);

    private IReadOnlyList<FieldFault> FaultsOf(ClientDraft draft) =>
        ClientMetadataRules.FaultsOf(draft, _limits.Value, _ring.Algorithms);

    private Task<ClientUpdate> ChangeAsync(
        string id, Func<Client, ClientUpdate> decide, string action, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        return _changes.ApplyAsync(
            id,
            found => decide(found) switch
            {
                ClientUpdate.Changed changed => changed with { Client = changed.Client with { DecidedAt = Now() } },
                var other => other,
            },
            action,
            reason,
            who,
            cancellationToken);
    }

    private async Task<ClientUpdate> EndAsync(
        string id,
        ClientEndReason end,
        Func<Client, ClientUpdate?> refuse,
        string reason,
        Actor who,
        CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        while (await _store.FindAsync(id, cancellationToken) is { Ended: null or { IsCutOff: false } } found)
        {
            if (found.Ended is not null)
            {
                return new ClientUpdate.Changed(await _ender.CutOffAsync(found, who, reason, cancellationToken));
            }

            if (refuse(found) is { } refused)
            {
                return refused;
            }

            if (await _ender.EndAsync(found, end, who, reason, cancellationToken) is { } ended)
            {
                return new ClientUpdate.Changed(ended);
            }
        }

        return new ClientUpdate.Unknown();
    }

    private DateTimeOffset Now() => _clock.GetUtcNow().CutToMilliseconds();
}
