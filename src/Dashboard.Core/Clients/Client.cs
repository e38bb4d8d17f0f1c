using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Keys;

namespace Dashboard.Core.Clients;

/// <summary>
/// A client's registration: who may ask for tokens, how it proves who it is, and what it may ask for. Members that RFC 7591
/// names are called as there. Also what is left of one that is gone, so that its refusals can say so.
/// </summary>
public sealed record Client
{
    /// <summary>The <c>client_id</c>: chosen by Signet, or by the configuration; never changes and is never used again.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it (<c>client_name</c>). Data, never markup.</summary>
    public required string Name { get; init; }

    public required ClientOrigin Origin { get; init; }

    /// <summary>The operator who made it, the name of the initial access token that it came with, or the address it came from.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public ClientState State { get; init; } = ClientState.Enabled;

    /// <summary>True where an administrator vouches for it: consent pages say "unverified" otherwise.</summary>
    public bool IsVerified { get; init; }

    /// <summary>How it authenticates (<c>token_endpoint_auth_method</c>).</summary>
    public required ClientAuthMethod AuthMethod { get; init; }

    /// <summary>What it may ask for, as <see cref="GrantTypes"/> names it.</summary>
    public required IReadOnlyList<string> GrantTypes { get; init; }

    /// <summary>Exactly as they were sent: compared character by character.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>The scopes it may have; a request for none gets all of them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The resources (RFC 8707) it may ask tokens for; empty for every protected resource of the configuration.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>
    /// The audiences that it is the API of, and so may introspect the tokens for, whoever has them. Given by operators alone;
    /// what it may ask for itself stands in <see cref="Resources"/>.
    /// </summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>The lifetime of its access tokens; null for the deployment's.</summary>
    public TimeSpan? AccessTokenLifetime { get; init; }

    /// <summary>
    /// What its access tokens are signed with; null for the deployment's default, which also stands in for one that the
    /// deployment no longer signs with.
    /// </summary>
    public KeyAlgorithm? AccessTokenAlgorithm { get; init; }

    /// <summary>How long a family of its refresh tokens lives; null for the deployment's.</summary>
    public TimeSpan? RefreshTokenLifetime { get; init; }

    /// <summary>True where it may introspect tokens that are neither its own nor for it.</summary>
    public bool MayIntrospectAll { get; init; }

    /// <summary>More claims of its tokens, a JSON object; null for none.</summary>
    public string? ExtraClaims { get; init; }

    /// <summary>What it says of itself; none of it is ever fetched or acted on, except its keys.</summary>
    public ClientDetails Details { get; init; } = ClientDetails.None;

    /// <summary>Every secret that works, oldest first. Several at once, so that one can take over from another.</summary>
    public IReadOnlyList<ClientSecret> Secrets { get; init; } = [];

    /// <summary>SHA-256 of the token that manages this registration (RFC 7592); null where there is none.</summary>
    public byte[]? RegistrationTokenHash { get; init; }

    /// <summary>When it last authenticated; null where it never did. Written in batches, so it may lag by a second.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When a person last decided about it: approved, changed or renewed it, for instance; null where nobody did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public ClientEnding? Ended { get; init; }

    /// <summary>Rises by one with every change, except for uses.</summary>
    public long Version { get; init; }

    /// <summary>True where it has no way to keep a secret, and so proves nothing by its <see cref="Id"/> alone.</summary>
    public bool IsPublic => AuthMethod is ClientAuthMethod.None;

    /// <summary>True where it chose its name itself, and people could take it for Signet.</summary>
    public bool LooksLikeOurs => Origin is ClientOrigin.SelfRegistered && LookAlikes.LooksLikeOurs(Name);

    /// <summary>
    /// From when on its tokens are refused though they are not revoked: always where people keep it out, or where it ended and
    /// what it was given is still to be revoked; otherwise from when it expires. Null for never, and for one that was never let
    /// in and so has no tokens.
    /// </summary>
    public DateTimeOffset? BarredFrom => this switch
    {
        { Ended.IsCutOff: true } or { State: ClientState.Pending, DecidedAt: null, LastUsedAt: null } => null,
        { Ended: not null } or { State: ClientState.Disabled or ClientState.Pending } => DateTimeOffset.MinValue,
        _ => ExpiresAt,
    };

    /// <summary>
    /// True for an API that an administrator gave audiences, or every token to introspect: it may follow what is revoked, and
    /// tell of tokens that were shown to it.
    /// </summary>
    public bool IsResourceServer => !IsPublic && (MayIntrospectAll || Audiences is not []);

    /// <summary>True where it may know of every token for an audience, whoever has it.</summary>
    public bool IsApiOf(string audience) =>
        MayIntrospectAll || audience == Id || Audiences.Contains(audience, StringComparer.Ordinal);

    public bool Allows(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);

    /// <summary>
    /// True for a secret that was used not long ago, or is the last one. One that has expired is in nobody's use, whatever it
    /// was before.
    /// </summary>
    public bool Needs(ClientSecret secret, DateTimeOffset now) =>
        secret.WorksAt(now)
        && (now - secret.LastUsedAt < ClientLimits.SecretInUseFor
            || !Secrets.Any(other => other.Id != secret.Id && other.WorksAt(now)));

    /// <summary>Whether it may act at a time, and if not, why.</summary>
    public ClientStanding StandingAt(DateTimeOffset now) => this switch
    {
        { Ended: not null } => ClientStanding.Gone,
        { State: ClientState.Pending } => ClientStanding.Pending,
        { State: ClientState.Disabled } => ClientStanding.Disabled,
        { ExpiresAt: { } expiresAt } when now >= expiresAt => ClientStanding.Expired,
        _ => ClientStanding.Good,
    };
}

/// <summary>What a client says of itself (RFC 7591 section 2).</summary>
public sealed record ClientDetails
{
    public static readonly ClientDetails None = new();

    /// <summary><c>web</c> or <c>native</c>; native ones may use loopback addresses on any port.</summary>
    public string ApplicationType { get; init; } = "web";

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    public string? TosUri { get; init; }

    public string? PolicyUri { get; init; }

    public IReadOnlyList<string> Contacts { get; init; } = [];

    public string? SoftwareId { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>Its public keys, a JWK set, for <see cref="ClientAuthMethod.PrivateKeyJwt"/>; null where it has none or an address.</summary>
    public string? Jwks { get; init; }

    /// <summary>Where its public keys are; null where it has none or gave them.</summary>
    public string? JwksUri { get; init; }
}

/// <summary>A secret of a client. Only its hash: whoever made it saw it once.</summary>
/// <param name="Id">Names it, and is no secret.</param>
/// <param name="Hash">SHA-256 of the whole secret.</param>
/// <param name="Prefix">Its first characters, by which people tell secrets apart.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
/// <param name="LastUsedAt">When it last worked; null where it never did. Written in batches.</param>
public sealed record ClientSecret(
    string Id, byte[] Hash, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public bool WorksAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>Without the hash.</summary>
    public override string ToString() => Prefix;
}

/// <summary>How a client ended: what a tombstone says.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="By">Who: an operator, the client itself, or Signet.</param>
public sealed record ClientEnding(ClientEndReason Reason, DateTimeOffset At, string By)
{
    /// <summary>True once everything it was given is revoked, too: that is another write, which can fail by itself.</summary>
    public bool IsCutOff { get; init; }
}
