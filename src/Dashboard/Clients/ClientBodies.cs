using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;

namespace Dashboard.Clients;

/// <summary>
/// A registration as the API takes it, its metadata named as in RFC 7591. Of a change, what is absent stays as it is; an empty
/// text, list or object and 0 take away.
/// </summary>
public record ClientBody
{
    [StringLength(200)]
    public string? ClientName { get; init; }

    public string? TokenEndpointAuthMethod { get; init; }

    public IReadOnlyList<string>? GrantTypes { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    /// <summary>Separated by spaces.</summary>
    public string? Scope { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>Those that it is the API of: it may introspect the tokens for them.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>Seconds; 0 for the deployment's.</summary>
    [Range(0, ClientLimits.LongestLifetimeSeconds)]
    public long? AccessTokenLifetime { get; init; }

    /// <summary>What its access tokens are signed with; empty for the deployment's default.</summary>
    public string? AccessTokenSignedResponseAlg { get; init; }

    /// <summary>Seconds; 0 for the deployment's.</summary>
    [Range(0, ClientLimits.LongestLifetimeSeconds)]
    public long? RefreshTokenLifetime { get; init; }

    public bool? Verified { get; init; }

    public bool? MayIntrospectAll { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement? ExtraClaims { get; init; }

    public string? ApplicationType { get; init; }

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    public string? TosUri { get; init; }

    public string? PolicyUri { get; init; }

    public IReadOnlyList<string>? Contacts { get; init; }

    public string? SoftwareId { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>A JWK set.</summary>
    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    /// <summary>A draft with what is given here in place of what was.</summary>
    /// <param name="before">The registration as it is; what a new one is by default.</param>
    /// <param name="faults">What cannot be read.</param>
    internal ClientDraft Over(ClientDraft before, out IReadOnlyList<FieldFault> faults)
    {
        var method = TokenEndpointAuthMethod is null ? before.AuthMethod : ClientAuthMethods.Parse(TokenEndpointAuthMethod);
        var algorithm = AccessTokenSignedResponseAlg is null ? before.AccessTokenAlgorithm : KeyAlgorithms.Parse(AccessTokenSignedResponseAlg);
        FieldFault?[] found =
        [
            method is null
                ? new FieldFault("token_endpoint_auth_method", $"must be one of {string.Join(", ", Enum.GetValues<ClientAuthMethod>().Select(choice => choice.Name))}")
                : null,
            algorithm is null && AccessTokenSignedResponseAlg is { Length: > 0 }
                ? new FieldFault("access_token_signed_response_alg", $"must be one of {KeyAlgorithms.Names}")
                : null,
        ];
        faults = [.. found.OfType<FieldFault>()];
        return before with
        {
            Name = ClientName?.Trim() ?? before.Name,
            AuthMethod = method ?? before.AuthMethod,
            GrantTypes = GrantTypes ?? before.GrantTypes,
            RedirectUris = RedirectUris ?? before.RedirectUris,
            Scopes = Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? before.Scopes,
            Resources = Resources ?? before.Resources,
            Audiences = Audiences ?? before.Audiences,
            AccessTokenLifetime = Over(AccessTokenLifetime, before.AccessTokenLifetime),
            AccessTokenAlgorithm = algorithm,
            RefreshTokenLifetime = Over(RefreshTokenLifetime, before.RefreshTokenLifetime),
            IsVerified = Verified ?? before.IsVerified,
            MayIntrospectAll = MayIntrospectAll ?? before.MayIntrospectAll,
            ExtraClaims = Over(ExtraClaims, before.ExtraClaims),
            Details = new ClientDetails
            {
                ApplicationType = ApplicationType ?? before.Details.ApplicationType,
                ClientUri = Over(ClientUri, before.Details.ClientUri),
                LogoUri = Over(LogoUri, before.Details.LogoUri),
                TosUri = Over(TosUri, before.Details.TosUri),
                PolicyUri = Over(PolicyUri, before.Details.PolicyUri),
                Contacts = Contacts ?? before.Details.Contacts,
                SoftwareId = Over(SoftwareId, before.Details.SoftwareId),
                SoftwareVersion = Over(SoftwareVersion, before.Details.SoftwareVersion),
                Jwks = Over(Jwks, before.Details.Jwks),
                JwksUri = Over(JwksUri, before.Details.JwksUri),
            },
        };
    }

    private static string? Over(string? given, string? before) => given switch
    {
        null => before,
        "" => null,
        _ => given,
    };

    private static TimeSpan? Over(long? given, TimeSpan? before) => given switch
    {
        null => before,
        0 => null,
        { } seconds => TimeSpan.FromSeconds(seconds),
    };

    private static string? Over(JsonElement? given, string? before) => given switch
    {
        null => before,
        { ValueKind: JsonValueKind.Object } element when !element.EnumerateObject().Any() => null,
        { } element => element.GetRawText(),
    };
}

/// <summary>A new registration.</summary>
public sealed record CreateClientRequest : ClientBody
{
    /// <summary>Seconds until it expires; absent or 0 for never.</summary>
    [Range(0, ClientLimits.LongestLifetimeSeconds)]
    public long? Lifetime { get; init; }

    /// <summary>Why, for the audit log.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>What shall become of a registration; what is absent stays as it is.</summary>
public sealed record UpdateClientRequest : ClientBody
{
    /// <summary>False to keep it from getting and using tokens, true to let it again. Changed by itself.</summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// The version that the change is meant for; absent for whatever is stored. Required to vouch for a client
    /// (<see cref="ClientBody.Verified"/>): it can change itself at any time.
    /// </summary>
    public long? Version { get; init; }

    /// <summary>Why, for the audit log.</summary>
    [Required, StringLength(500, MinimumLength = 3)]
    public string Reason { get; init; } = "";

    /// <summary>True where anything but <see cref="Enabled"/> shall change.</summary>
    internal bool ChangesMetadata => this with { Enabled = null, Version = null, Reason = "" } != new UpdateClientRequest();
}

/// <summary>Why something is done to a client.</summary>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record ClientReasonRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>How long a new secret or a renewed registration lives.</summary>
/// <param name="Lifetime">Seconds from now; 0 for ever.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record ClientLifetimeRequest(
    [property: Required, Range(0, ClientLimits.LongestLifetimeSeconds)] long? Lifetime,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason)
{
    /// <summary>Null for ever.</summary>
    internal TimeSpan? Length => Lifetime is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>Whether a client that registered itself may act.</summary>
/// <param name="Approved">False to reject it: its registration goes.</param>
/// <param name="Version">That of the client as it was looked at; required to approve it: it can change itself at any time.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what a rejection would take along.</param>
public sealed record ClientApprovalRequest(
    [property: Required] bool? Approved,
    long? Version,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason,
    bool DryRun);

/// <summary>Why a client or an initial access token goes.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public record DeleteClientRequest([property: StringLength(500)] string? Reason, bool DryRun);

/// <summary>Why a secret goes.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
/// <param name="Force">True to delete a secret that may still be needed.</param>
public sealed record DeleteSecretRequest(string? Reason, bool DryRun, bool Force) : DeleteClientRequest(Reason, DryRun);
