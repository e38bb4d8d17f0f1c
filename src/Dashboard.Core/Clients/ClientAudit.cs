using System.Globalization;
using Dashboard.Core.Audit;

namespace Dashboard.Core.Clients;

/// <summary>What the audit log says of a change of a client: what was, and what is. Never a secret, nor its hash.</summary>
internal static class ClientAudit
{
    private const int LongestValue = 1_000;

    /// <summary>The entry of a new client.</summary>
    public static AuditEntry Created(Client client, string? reason, Actor who) => new(
        who, "client.created", "client", client.Id, reason, After: AuditJson.Write(FactsOf(client)));

    /// <summary>The entry of a change: only what differs.</summary>
    public static AuditEntry Changed(Client before, Client after, string action, string? reason, Actor who)
    {
        var pairs = FactsOf(before).Zip(FactsOf(after)).Where(pair => pair.First.Value != pair.Second.Value).ToList();
        return new AuditEntry(
            who,
            action,
            "client",
            after.Id,
            reason,
            AuditJson.Write([.. pairs.Select(pair => pair.First)]),
            AuditJson.Write([("client_name", after.Name), .. pairs.Select(pair => pair.Second).Where(fact => fact.Name != "client_name")]));
    }

    private static (string Name, string? Value)[] FactsOf(Client client) =>
    [
        ("client_name", client.Name),
        ("origin", client.Origin.ToString()),
        ("state", client.Ended is { } ended ? ended.Reason.ToString() : client.State.ToString()),
        ("expires_at", client.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture)),
        ("verified", Word(client.IsVerified)),
        ("token_endpoint_auth_method", client.AuthMethod.Name),
        ("grant_types", Words(client.GrantTypes)),
        ("redirect_uris", Words(client.RedirectUris)),
        ("scope", Words(client.Scopes)),
        ("resources", Words(client.Resources)),
        ("access_token_lifetime", client.AccessTokenLifetime?.ToString("c", CultureInfo.InvariantCulture)),
        ("refresh_token_lifetime", client.RefreshTokenLifetime?.ToString("c", CultureInfo.InvariantCulture)),
        ("may_introspect_all", Word(client.MayIntrospectAll)),
        ("extra_claims", Cut(client.ExtraClaims)),
        ("application_type", client.Details.ApplicationType),
        ("client_uri", Cut(client.Details.ClientUri)),
        ("logo_uri", Cut(client.Details.LogoUri)),
        ("tos_uri", Cut(client.Details.TosUri)),
        ("policy_uri", Cut(client.Details.PolicyUri)),
        ("contacts", Words(client.Details.Contacts)),
        ("software_id", Cut(client.Details.SoftwareId)),
        ("software_version", Cut(client.Details.SoftwareVersion)),
        ("jwks", Cut(client.Details.Jwks)),
        ("jwks_uri", Cut(client.Details.JwksUri)),
        ("secrets", Words([.. client.Secrets.Select(secret => secret.Prefix)])),
        ("registration_token", client.RegistrationTokenHash is null ? null : "set"),
    ];

    private static string? Words(IReadOnlyList<string> values) => values is [] ? null : Cut(string.Join(' ', values));

    private static string? Cut(string? value) => value is { Length: > LongestValue } ? value[..LongestValue] + "…" : value;

    private static string Word(bool value) => value ? "true" : "false";
}
