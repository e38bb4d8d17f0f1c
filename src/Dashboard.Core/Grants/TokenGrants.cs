using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Grants;

/// <summary>Turns what an authenticated client presents into tokens. Every refusal is recorded.</summary>
public sealed class TokenGrants
{
    private readonly ClientCredentialsGrant _clientCredentials;
    private readonly CodeGrant _codes;
    private readonly RefreshGrant _refresh;
    private readonly EventLog _events;
    private readonly TimeProvider _clock;

    internal TokenGrants(
        ClientCredentialsGrant clientCredentials, CodeGrant codes, RefreshGrant refresh, EventLog events, TimeProvider clock) =>
        (_clientCredentials, _codes, _refresh, _events, _clock) = (clientCredentials, codes, refresh, events, clock);

    /// <summary>A token that speaks for the client itself (RFC 6749 section 4.4).</summary>
    /// <exception cref="StoreUnavailableException">A token may stand in the ledger, but nobody has it.</exception>
    public async Task<GrantOutcome> ClientCredentialsAsync(
        Client client, GrantRequest request, CancellationToken cancellationToken) =>
        Recorded(client, await _clientCredentials.RunAsync(client, request, cancellationToken), request.Origin);

    /// <summary>Tokens for what a person allowed (RFC 6749 section 4.1.3). A code that comes again takes back what it gave.</summary>
    /// <exception cref="StoreUnavailableException">Nobody has a token of it; the code may be used up.</exception>
    public async Task<GrantOutcome> RedeemCodeAsync(
        Client client, CodeRedemption request, CancellationToken cancellationToken) =>
        Recorded(client, await _codes.RunAsync(client, request, cancellationToken), request.Origin);

    /// <summary>
    /// New tokens for a refresh token, which is good once (RFC 6749 section 6). One that comes again revokes all that came of
    /// it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// Nobody has a token of it; the refresh token may be used up, and is then given its successor within the grace alone.
    /// </exception>
    public async Task<GrantOutcome> RefreshAsync(
        Client client, RefreshRedemptionRequest request, CancellationToken cancellationToken) =>
        Recorded(client, await _refresh.RunAsync(client, request, cancellationToken), request.Origin);

    private GrantOutcome Recorded(Client client, GrantOutcome outcome, RequestOrigin origin)
    {
        if (outcome is GrantOutcome.Refused refused)
        {
            _events.Record(new SecurityEvent
            {
                At = _clock.GetUtcNow(),
                Kind = EventKinds.GrantRefused,
                Outcome = EventOutcome.Refused,
                Code = refused.Error.Code,
                Client = client.Id,
                Origin = origin,
                Detail = refused.Detail ?? refused.Description,
            });
        }

        return outcome;
    }
}
