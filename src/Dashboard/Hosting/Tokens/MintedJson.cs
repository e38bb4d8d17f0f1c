namespace Dashboard.Hosting.Tokens;

/// <summary>A minted token. Shown this once.</summary>
internal sealed record MintedJson(string AccessToken, string TokenType, long ExpiresIn, string Jti, DateTimeOffset ExpiresAt);
