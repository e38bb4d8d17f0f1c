using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>
/// What a session is bound to. Holds hashes, a public key and a version number: nothing that names a device.
/// </summary>
/// <param name="Fingerprint">HMAC of the value that the client computed.</param>
/// <param name="BrowserKey">The browser's public key, SPKI in base64url; null for sessions of the API.</param>
/// <param name="Band">What the server saw at login; null for sessions of the API.</param>
public sealed record SessionBinding(
    [property: JsonPropertyName("fp")] string Fingerprint,
    [property: JsonPropertyName("key")] string? BrowserKey = null,
    [property: JsonPropertyName("band")] HeaderBandValues? Band = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static SessionBinding Parse(string json) =>
        JsonSerializer.Deserialize<SessionBinding>(json, Json)
        ?? throw new JsonException("The binding of a session is null.");
}

/// <summary>What the server sees of a browser, each signal hashed with the session's name and kept apart.</summary>
/// <param name="Family">The browser family.</param>
/// <param name="System">The family of the operating system.</param>
/// <param name="Major">The browser's major version, in clear: it is compared by size. Null where it names none.</param>
/// <param name="Language">The first language; null where none was sent.</param>
/// <param name="Languages">The whole list of languages; null where none was sent.</param>
/// <param name="Platform"><c>Sec-CH-UA-Platform</c>; null where not sent.</param>
/// <param name="Mobile"><c>Sec-CH-UA-Mobile</c>; null where not sent.</param>
/// <param name="Address">The network (/24 or /48); null for private addresses.</param>
public sealed record HeaderBandValues(
    [property: JsonPropertyName("family")] string Family,
    [property: JsonPropertyName("system")] string System,
    [property: JsonPropertyName("major")] int? Major,
    [property: JsonPropertyName("language")] string? Language,
    [property: JsonPropertyName("languages")] string? Languages,
    [property: JsonPropertyName("platform")] string? Platform,
    [property: JsonPropertyName("mobile")] string? Mobile,
    [property: JsonPropertyName("address")] string? Address);
