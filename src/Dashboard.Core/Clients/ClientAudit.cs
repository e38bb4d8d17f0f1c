using System.Globalization;
using Dashboard.Core.Audit;

namespace Dashboard.Core.Clients;

/// <summary>What the audit log says of a change of a client: what was, and what is. Never a secret, nor its hash.</summary>
internal static class ClientAudit
{
    private const int LongestValue = 1_000;
    private const int Context = 100;

    /// <summary>The entry of a new client.</summary>
    public static AuditEntry Created(Client client, string? reason, Actor who) => new(
        who,
        "client.created",
        "client",
        client.Id,
        reason,
        After: AuditJson.Write([.. FactsOf(client).Select(fact => (fact.Name, Cut(fact.Value, 0)))]));

    /// <summary>The entry of a change: only what differs.</summary>
    public static AuditEntry Changed(Client before, Client after, string action, string? reason, Actor who)
    {
        List<(string Name, string? Before, string? After)> changes =
        [
            .. FactsOf(before).Zip(FactsOf(after), static (was, now) => (was.Name, Before: was.Value, After: now.Value))
                .Where(static change => change.Before != change.After)
                .Select(static change =>
                {
                    var start = StartOf(change.Before ?? "", change.After ?? "");
                    return (change.Name, Cut(change.Before, start), Cut(change.After, start));
                }),
        ];
        return new AuditEntry(
            who,
            action,
            "client",
            after.Id,
            reason,
            AuditJson.Write([.. changes.Select(change => (change.Name, change.Before))]),
            AuditJson.Write(
            [
                ("client_name", after.Name),
                .. changes.Where(change => change.Name != "client_name").Select(change => (change.Name, change.After)),
            ]));
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
        ("audiences", Words(client.Audiences)),
        ("access_token_lifetime", client.AccessTokenLifetime?.ToString("c", CultureInfo.InvariantCulture)),
        ("access_token_signed_response_alg", client.AccessTokenAlgorithm?.ToString()),
        ("refresh_token_lifetime", client.RefreshTokenLifetime?.ToString("c", CultureInfo.InvariantCulture)),
        ("may_introspect_all", Word(client.MayIntrospectAll)),
        ("extra_claims", client.ExtraClaims),
        ("application_type", client.Details.ApplicationType),
        ("client_uri", client.Details.ClientUri),
        ("logo_uri", client.Details.LogoUri),
        ("tos_uri", client.Details.TosUri),
        ("policy_uri", client.Details.PolicyUri),
        ("contacts", Words(client.Details.Contacts)),
        ("software_id", client.Details.SoftwareId),
        ("software_version", client.Details.SoftwareVersion),
        ("jwks", client.Details.Jwks),
        ("jwks_uri", client.Details.JwksUri),
        ("secrets", Words([.. client.Secrets.Select(secret => secret.Prefix)])),
        ("registration_token", client.RegistrationTokenHash is null ? null : "set"),
    ];

    private static string? Words(IReadOnlyList<string> values) => values is [] ? null : string.Join(' ', values);

    // A long value is shown from a little before what changed in it.
    private static int StartOf(string before, string after) =>
        Math.Max(before.AsSpan().CommonPrefixLength(after) - Context, 0);

    private static string? Cut(string? value, int start)
    {
        if (value is not { Length: > LongestValue })
        {
            return value;
        }

        // Not between the halves of a character.
        var (first, last) = (start, Math.Min(start + LongestValue, value.Length));
        first += first > 0 && char.IsLowSurrogate(value[first]) ? 1 : 0;
        last -= last < value.Length && char.IsLowSurrogate(value[last]) ? 1 : 0;
        return (first is 0 ? "" : "…") + value[first..last] + (last < value.Length ? "…" : "");
    }

    private static string Word(bool value) => value ? "true" : "false";
}
