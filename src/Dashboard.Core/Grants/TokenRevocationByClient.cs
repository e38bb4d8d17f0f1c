using Dashboard.Core.Clients;
using Dashboard.Core.Events;

namespace Dashboard.Core.Grants;

/// <summary>Revokes tokens that their own client gives back (RFC 7009).</summary>
public sealed class TokenRevocationByClient
{
    /// <summary>
    /// Revokes a token of this client: a refresh token with its family, an access token alone. Does nothing, and says
    /// nothing, for any other text.
    /// </summary>
    public Task RevokeAsync(Client client, string token, RequestOrigin origin, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
