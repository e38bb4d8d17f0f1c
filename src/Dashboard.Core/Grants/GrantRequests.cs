using Dashboard.Core.Events;

namespace Dashboard.Core.Grants;

/// <summary>An authenticated client asks for a token of its own.</summary>
/// <param name="Scope">The scopes it asks for, as it wrote them; null for all that it may have.</param>
/// <param name="Resource">Where the token shall be good (RFC 8707); null for Signet's own audience.</param>
/// <param name="Origin">Where the request came from.</param>
public sealed record GrantRequest(string? Scope, string? Resource, RequestOrigin Origin);

/// <summary>An authenticated client redeems an authorization code.</summary>
/// <param name="Code">The code as it was issued.</param>
/// <param name="RedirectUri">The address it was sent to: the very text of the authorization request.</param>
/// <param name="Verifier">The PKCE verifier; null where none came.</param>
/// <param name="Resource">Only what the code was issued for; null for that.</param>
/// <param name="Origin">Where the request came from.</param>
public sealed record CodeRedemption(string Code, string RedirectUri, string? Verifier, string? Resource, RequestOrigin Origin)
{
    /// <summary>Without the code and the verifier.</summary>
    public override string ToString() => nameof(CodeRedemption);
}

/// <summary>An authenticated client redeems a refresh token.</summary>
/// <param name="Token">The refresh token.</param>
/// <param name="Scope">Fewer scopes for the access token, as the client wrote them; null for all that were granted.</param>
/// <param name="Resource">Only what the token was granted for; null for that.</param>
/// <param name="Origin">Where the request came from.</param>
public sealed record RefreshRedemptionRequest(string Token, string? Scope, string? Resource, RequestOrigin Origin)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(RefreshRedemptionRequest);
}
