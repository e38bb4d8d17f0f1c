namespace Dashboard.Core.Grants;

/// <summary>What a person allowed a client to do: what an authorization code stands for.</summary>
/// <param name="ClientId">The client that it was allowed to.</param>
/// <param name="RedirectUri">Where the code goes, exactly as the client wrote it.</param>
/// <param name="CodeChallenge">The PKCE challenge, S256.</param>
/// <param name="Subject">Whom the tokens speak for: <see cref="Tokens.Subjects.OfUser"/>.</param>
/// <param name="UserName">The name of that person.</param>
/// <param name="Scopes">What was allowed.</param>
/// <param name="Resource">Where it is good; null for Signet's own audience.</param>
public sealed record AuthorizationGrant(
    string ClientId,
    string RedirectUri,
    string CodeChallenge,
    string Subject,
    string UserName,
    IReadOnlyList<string> Scopes,
    string? Resource);
