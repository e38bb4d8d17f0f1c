using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Grants;

/// <summary>Revokes tokens that their own client gives back (RFC 7009).</summary>
public sealed class TokenRevocationByClient
{
    private const string Reason = "The client gave it back.";

    private readonly GenuineTokens _tokens;
    private readonly RefreshTokens _refreshTokens;
    private readonly GrantStanding _standing;
    private readonly TokenRevocations _revocations;

    internal TokenRevocationByClient(
        GenuineTokens tokens, RefreshTokens refreshTokens, GrantStanding standing, TokenRevocations revocations) =>
        (_tokens, _refreshTokens, _standing, _revocations) = (tokens, refreshTokens, standing, revocations);

    /// <summary>
    /// Revokes a token of this client: a refresh token with its family, an access token alone. Does nothing, and says
    /// nothing, for any other text.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It could not be looked up, or not be revoked.</exception>
    public Task RevokeAsync(Client client, string token, RequestOrigin origin, CancellationToken cancellationToken) =>
        RefreshTokens.IsOne(token)
            ? RevokeFamilyAsync(client, token, origin, cancellationToken)
            : RevokeAccessAsync(client, token, origin, cancellationToken);

    private async Task RevokeFamilyAsync(
        Client client, string token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await _refreshTokens.FindAsync(token, cancellationToken) is { } found
            && found.Client == client.Id
            && !_standing.IsEnded(found.Family))
        {
            await _revocations.RevokeFamilyAsync(
                found.Family, Reason, Actor.OfClient(client.Id, origin.Ip), cancellationToken);
        }
    }

    private async Task RevokeAccessAsync(
        Client client, string token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await _tokens.FindAsync(token, cancellationToken) is { } known && known.Client == client.Id)
        {
            await _revocations.RevokeGivenBackAsync(
                known.TokenId, Reason, Actor.OfClient(client.Id, origin.Ip), origin, cancellationToken);
        }
    }
}
