using Dashboard.Core.Events;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>What a token shall open.</summary>
public enum TokenUse
{
    /// <summary>APIs. A token for rooms of LiveKit is none for them.</summary>
    Api,

    /// <summary>Rooms of the LiveKit server whose key is configured here.</summary>
    LiveKit,

    /// <summary>Whatever it is made for, as it looks: only for explaining it, never for letting somebody in.</summary>
    AsItLooks,
}

/// <summary>What a token is judged against.</summary>
public sealed record ValidationContext
{
    public TokenUse Use { get; init; }

    /// <summary>
    /// The expected <c>aud</c>; null for Signet's own audience. A token of a trusted issuer is for one of those that are
    /// configured for that issuer in any case.
    /// </summary>
    public string? Audience { get; init; }

    /// <summary>Scopes the token must grant, all of them.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    /// <summary>The <c>X-Client-Fingerprint</c> that came with the token; null where none did.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>
    /// True where whoever asks does not hold the token, but was shown it: what it is bound to is then not here to be compared.
    /// </summary>
    public bool IsShownByOthers { get; init; }

    /// <summary>
    /// True where the request is not the one that the holder sent with the token, as where an API asks about a token that it
    /// was sent: <see cref="Origin"/> is then somebody else's, and only a fingerprint can be handed on.
    /// </summary>
    public bool IsHandedOn { get; init; }

    /// <summary>The kinds that fit the use; empty for every kind that speaks for somebody.</summary>
    public IReadOnlyList<TokenKind> Kinds { get; init; } = [];

    /// <summary>
    /// True where tokens of trusted issuers may do, too. False where a token must be ours: for Signet's own API, for
    /// introspection and revocation.
    /// </summary>
    public bool AcceptsTrustedIssuers { get; init; }

    /// <summary>
    /// A key to judge by in place of ours and of those of trusted issuers; null for none. Only for explaining a token to whoever has
    /// that key at hand, never for letting somebody in.
    /// </summary>
    public GivenKey? Key { get; init; }

    /// <summary>The clock to judge by; null for now. Only the inspector chooses.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Where the request came from.</summary>
    public RequestOrigin Origin { get; init; } = RequestOrigin.None;

    /// <summary>Where the token was shown, for the ledger: see <see cref="Ledger.Presentation"/>.</summary>
    public string Where { get; init; } = "validate";
}
