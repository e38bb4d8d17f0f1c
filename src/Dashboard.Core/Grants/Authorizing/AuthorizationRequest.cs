using Dashboard.Core.Clients;

namespace Dashboard.Core.Grants.Authorizing;

/// <summary>A request that a person can decide on: the client may ask for it, and where the answer goes is registered.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Target">Where the answer goes.</param>
/// <param name="CodeChallenge">The PKCE challenge, S256.</param>
/// <param name="Scopes">What it would get.</param>
/// <param name="Resource">Where that is good; null for Signet's own audience.</param>
/// <param name="Prompt">Whether and how the person is to be asked.</param>
public sealed record AuthorizationRequest(
    Client Client,
    AuthorizationTarget Target,
    string CodeChallenge,
    IReadOnlyList<string> Scopes,
    string? Resource,
    AuthorizationPrompt Prompt);

/// <summary>Where the answer to a request goes.</summary>
/// <param name="RedirectUri">A registered address, as the client wrote it.</param>
/// <param name="State">Given back unchanged; null where there was none, or none that can be given back.</param>
/// <param name="IsVouchedFor">
/// True where somebody here vouches for the client. To any other address nobody is sent but by a decision of their own: whoever
/// registers a client could lead people from our address to one of theirs (RFC 9700 section 4.11.2).
/// </param>
public sealed record AuthorizationTarget(string RedirectUri, string? State, bool IsVouchedFor);

/// <summary>What a client asks of the page (<c>prompt</c> of OpenID Connect, which clients of OAuth send, too).</summary>
public enum AuthorizationPrompt
{
    /// <summary>To ask the person; whoever is not signed in signs in first. So it is without the parameter.</summary>
    Consent,

    /// <summary>Not to show anything.</summary>
    None,

    /// <summary>To let them sign in again first, or as somebody else.</summary>
    SignIn,
}
