using System.Text.Json;

namespace Dashboard.Core.Keys;

/// <summary>Writes the public part of the ring as a JWK set (RFC 7517 section 5). Symmetric keys never appear.</summary>
public static class Jwks
{
    /// <summary>The set as UTF-8 JSON; the same keys always give the same bytes.</summary>
    /// <param name="keys">The ring.</param>
    /// <param name="issuer">Whose set it is: a key that only ever verified the tokens of another issuer is not in it.</param>
    public static byte[] Write(IEnumerable<SigningKey> keys, string? issuer = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in keys.Where(key => key.IsPublished && !IsOfAnother(key, issuer)).OrderBy(key => key.KeyId, StringComparer.Ordinal))
            {
                PublicKeys.Write(writer, key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // Whoever verifies by themselves would take it for one that signs for this issuer.
    private static bool IsOfAnother(SigningKey key, string? issuer) =>
        key is { Issuer: not null, State: KeyState.Previous, CurrentSince: null } && key.Issuer != issuer;
}
