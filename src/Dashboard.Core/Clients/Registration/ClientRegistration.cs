using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Lets clients register themselves (RFC 7591), as far as the policy goes.</summary>
public sealed class ClientRegistration
{
    private const string UsedUp = "The initial access token is unknown, has expired, was revoked or is used up.";

    private readonly RegistrationPolicies _policies;
    private readonly IInitialAccessTokenStore _tokens;
    private readonly RegistrationTokenUses _uses;
    private readonly ClientChanges _changes;
    private readonly RegistrationRefusals _refusals;
    private readonly KeyRing _ring;
    private readonly EventLog _events;
    private readonly ClientOptions _options;
    private readonly TimeProvider _clock;

    internal ClientRegistration(
        RegistrationPolicies policies,
        IInitialAccessTokenStore tokens,
        RegistrationTokenUses uses,
        ClientChanges changes,
        RegistrationRefusals refusals,
        KeyRing ring,
        EventLog events,
        IOptions<ClientOptions> options,
        TimeProvider clock) =>
        (_policies, _tokens, _uses, _changes, _refusals, _ring, _events, _options, _clock) =
        (policies, tokens, uses, changes, refusals, ring, events, options.Value, clock);

    /// <summary>Registers a client. Whatever the draft says beyond what a client may say of itself is refused.</summary>
    /// <param name="draft">What it asks for; the policy decides its lifetime and its scopes.</param>
    /// <param name="initialAccessToken">What lets it register; null where it has nothing.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">Nobody can tell whether it may.</exception>
    public async Task<RegistrationOutcome> RegisterAsync(
        ClientDraft draft, string? initialAccessToken, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var policy = await _policies.GetAsync(cancellationToken);
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var token = initialAccessToken is null
            ? null
            : await _tokens.FindAsync(InitialAccessToken.HashOf(initialAccessToken), cancellationToken);
        if (token is not null)
        {
            token = token with { IsRevoked = _uses.IsRevoked(token) };
        }

        if (RefusalOf(policy, initialAccessToken, token, now) is var (error, description))
        {
            return _refusals.Refuse(error, description, null, origin);
        }

        if (ClientMetadataRules.FaultsOfOwn(draft, _ring.Algorithms) is { Count: > 0 } faults)
        {
            return _refusals.Refuse(faults, null, origin);
        }

        draft = draft with
        {
            GrantTypes = RegistrationPolicy.GrantTypesOf(
                draft.GrantTypes, isAnsweredFor: token is not null || policy.Mode is RegistrationMode.Approval),
        };
        if (draft.GrantTypes is [])
        {
            return _refusals.Refuse([RegistrationRefusals.NothingLeft], null, origin);
        }

        // Last, so that what is refused costs no use; and for good, for a failure behind it may still have registered.
        if (token is not null && !await _tokens.ConsumeAsync(token.Hash, now, cancellationToken))
        {
            return _refusals.Refuse(RegistrationError.InvalidToken, UsedUp, null, origin);
        }

        if (token is not null)
        {
            _uses.Present(token.Id, origin);
        }

        return await AddAsync(draft, policy, token, now, origin, cancellationToken);
    }

    private static (RegistrationError Error, string Description)? RefusalOf(
        RegistrationPolicy policy, string? given, InitialAccessToken? token, DateTimeOffset now) => (policy.Mode, given) switch
        {
            (RegistrationMode.Off, _) => (RegistrationError.Off, "Clients do not register themselves here."),
            (RegistrationMode.Token, null) => (RegistrationError.TokenRequired, "An initial access token is required, as a bearer token."),
            (_, not null) when token?.IsUsableAt(now) is not true => (RegistrationError.InvalidToken, UsedUp),
            _ => null,
        };

    private async Task<RegistrationOutcome> AddAsync(
        ClientDraft draft,
        RegistrationPolicy policy,
        InitialAccessToken? token,
        DateTimeOffset now,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        var secret = draft.AuthMethod.UsesSecret ? ClientSecrets.New() : null;
        var registrationToken = ClientSecrets.NewRegistrationToken();
        var lifetime = policy.ClientLifetime ?? _options.Lifetime;
        var id = "client_" + Identifiers.NewId();
        var added = ClientEdits.Apply(
            new Client
            {
                Id = id,
                Name = draft.Name,
                Origin = ClientOrigin.SelfRegistered,
                CreatedBy = token?.Label ?? origin.Ip ?? "unknown",
                CreatedAt = now,
                ExpiresAt = lifetime == TimeSpan.Zero ? null : now + lifetime,
                State = policy.Mode is RegistrationMode.Approval && token is null ? ClientState.Pending : ClientState.Enabled,
                AuthMethod = draft.AuthMethod,
                GrantTypes = draft.GrantTypes,
                Secrets = secret is null ? [] : [ClientSecrets.Keep(secret, now, null)],
                RegistrationTokenHash = ClientSecrets.Hash(registrationToken),
            },
            draft with { Scopes = policy.Grant(draft.Scopes, held: []) });
        var reason = token is null ? null : $"by the initial access token {token.Id}";
        if (!await _changes.AddAsync(added, reason, Actor.OfClient(id, origin.Ip), cancellationToken))
        {
            throw new InvalidOperationException("Two random ids were the same.");
        }

        Record(added, token, origin);
        return new RegistrationOutcome.Registered(added, secret, registrationToken);
    }

    private void Record(Client added, InitialAccessToken? token, RequestOrigin origin) => _events.Record(new SecurityEvent
    {
        At = added.CreatedAt,
        Kind = EventKinds.ClientRegistered,
        Outcome = EventOutcome.Succeeded,
        Client = added.Id,
        Origin = origin,
        Detail = $"'{added.Name}' registered itself"
            + (token is null ? "" : $" by the initial access token '{token.Label}'")
            + (added.State is ClientState.Pending ? " and waits for approval" : "")
            + (LookAlikes.LooksLikeOurs(added.Name) ? ". Its name looks like Signet's own." : "."),
    });
}
