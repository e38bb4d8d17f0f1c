using Dashboard.Core.Clients;

namespace Dashboard.Core.Grants;

/// <summary>Turns what an authenticated client presents into tokens. Every refusal is recorded.</summary>
public sealed class TokenGrants
{
    /// <summary>A token that speaks for the client itself (RFC 6749 section 4.4).</summary>
    public Task<GrantOutcome> ClientCredentialsAsync(
        Client client, GrantRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Tokens for what a person allowed (RFC 6749 section 4.1.3). A code that comes again takes back what it gave.</summary>
    public Task<GrantOutcome> RedeemCodeAsync(
        Client client, CodeRedemption request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>New tokens for a refresh token, which is good once (RFC 6749 section 6).</summary>
    public Task<GrantOutcome> RefreshAsync(
        Client client, RefreshRedemptionRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
