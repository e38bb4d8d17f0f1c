using System.Text.Json;

namespace Dashboard.Core.Keys;

/// <summary>Writes the public part of the ring as a JWK set (RFC 7517 section 5). Symmetric keys never appear.</summary>
public static class Jwks
{
    /// <summary>The set as UTF-8 JSON; the same keys always give the same bytes.</summary>
    public static byte[] Write(IEnumerable<SigningKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in keys.Where(key => key.IsPublished).OrderBy(key => key.KeyId, StringComparer.Ordinal))
            {
                PublicKeys.Write(writer, key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
