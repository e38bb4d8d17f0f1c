using System.Collections.Frozen;

namespace Dashboard.Controls;

/// <summary>What a member of a token's header or payload means, and where that is written.</summary>
/// <param name="Text">A few words.</param>
/// <param name="Source">The document and section, such as "RFC 7519 §4.1.4"; null for Signet's own.</param>
/// <param name="Href">Its address; null for Signet's own.</param>
/// <param name="IsDate">True where the value counts seconds since 1970.</param>
public sealed record ClaimMeaning(string Text, string? Source = null, string? Href = null, bool IsDate = false);

/// <summary>Knows the registered names. Lies beside the table that shows them, because every page with claims needs both.</summary>
public static class ClaimMeanings
{
    private static readonly FrozenDictionary<string, ClaimMeaning> Claims = new Dictionary<string, ClaimMeaning>(StringComparer.Ordinal)
    {
        ["iss"] = Rfc("Who issued the token", 7519, "4.1.1"),
        ["sub"] = Rfc("Whom the token speaks for", 7519, "4.1.2"),
        ["aud"] = Rfc("The API it is meant for", 7519, "4.1.3"),
        ["exp"] = Rfc("Not accepted from this time on", 7519, "4.1.4") with { IsDate = true },
        ["nbf"] = Rfc("Not accepted before this time", 7519, "4.1.5") with { IsDate = true },
        ["iat"] = Rfc("When it was issued", 7519, "4.1.6") with { IsDate = true },
        ["jti"] = Rfc("The token’s own id", 7519, "4.1.7"),
        ["client_id"] = Rfc("The client it was issued to", 8693, "4.3"),
        ["scope"] = Rfc("What it allows, separated by spaces", 8693, "4.2"),
        ["scp"] = new("What it allows, as some systems call it"),
        ["scopes"] = new("What it allows, as agents call it"),
        ["act"] = Rfc("Who acts on the subject’s behalf", 8693, "4.1"),
        ["may_act"] = Rfc("Who may act on the subject’s behalf", 8693, "4.4"),
        ["cnf"] = Rfc("The key that whoever presents it must prove to hold", 7800, "3.1"),
        ["azp"] = Oidc("The client that asked for it", "IDToken"),
        ["auth_time"] = Oidc("When the person logged in", "IDToken") with { IsDate = true },
        ["nonce"] = Oidc("Ties it to one login request", "IDToken"),
        ["acr"] = Oidc("How strongly the person logged in", "IDToken"),
        ["amr"] = Rfc("By which means the person logged in", 8176, "2"),
        ["at_hash"] = Oidc("Hash of the access token beside it", "CodeIDToken"),
        ["updated_at"] = Oidc("When the profile last changed", "StandardClaims") with { IsDate = true },
        ["name"] = Oidc("The person’s full name", "StandardClaims"),
        ["email"] = Oidc("The person’s e-mail address", "StandardClaims"),
        ["email_verified"] = Oidc("Whether that address was checked", "StandardClaims"),
        ["phone_number"] = Oidc("The person’s telephone number", "StandardClaims"),
        ["preferred_username"] = Oidc("What the person wants to be called", "StandardClaims"),
        ["roles"] = Rfc("The subject’s roles", 9068, "2.2.3.1"),
        ["groups"] = Rfc("The subject’s groups", 9068, "2.2.3.1"),
        ["entitlements"] = Rfc("What the subject is entitled to", 9068, "2.2.3.1"),
        ["sid"] = new("The session it ends with", "OpenID Back-Channel Logout §2.1", "https://openid.net/specs/openid-connect-backchannel-1_0.html"),
        ["grant_id"] = new("The grant that it comes of: revoking that revokes it"),
        ["granted_at"] = new("When that was granted"),
        ["role"] = new("The operator’s role at login"),
        ["agent_id"] = new("The agent it was issued to"),
        ["agent_type"] = new("The kind of agent"),
        ["fph"] = new("Hash of the client fingerprint it is bound to"),
        ["iph"] = new("Hash of the address it is bound to"),
        ["uah"] = new("Hash of the User-Agent it is bound to"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ClaimMeaning> Header = new Dictionary<string, ClaimMeaning>(StringComparer.Ordinal)
    {
        ["alg"] = Rfc("How it is signed", 7515, "4.1.1"),
        ["kid"] = Rfc("Which key signed it", 7515, "4.1.4"),
        ["typ"] = Rfc("What kind of token it is", 7515, "4.1.9"),
        ["cty"] = Rfc("What kind of content it carries", 7515, "4.1.10"),
        ["crit"] = Rfc("Extensions that must be understood", 7515, "4.1.11"),
        ["jku"] = Rfc("Where the sender says its keys are; ignored", 7515, "4.1.2"),
        ["jwk"] = Rfc("A key the sender brought along; ignored", 7515, "4.1.3"),
        ["x5u"] = Rfc("Where the sender says its certificate is; ignored", 7515, "4.1.5"),
        ["x5c"] = Rfc("A certificate the sender brought along; ignored", 7515, "4.1.6"),
        ["x5t"] = Rfc("Thumbprint of a certificate", 7515, "4.1.7"),
        ["enc"] = Rfc("How its content is encrypted", 7516, "4.1.2"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The meaning of a claim, or null for one that no document we know defines.</summary>
    public static ClaimMeaning? FindClaim(string name) => Claims.GetValueOrDefault(name);

    /// <summary>The meaning of a header member, or null for an unknown one.</summary>
    public static ClaimMeaning? FindHeader(string name) => Header.GetValueOrDefault(name);

    private static ClaimMeaning Rfc(string text, int number, string section) => new(
        text,
        $"RFC {number} §{section}",
        $"https://www.rfc-editor.org/rfc/rfc{number}.html#section-{section}");

    private static ClaimMeaning Oidc(string text, string anchor) => new(
        text, "OpenID Connect Core", $"https://openid.net/specs/openid-connect-core-1_0.html#{anchor}");
}
