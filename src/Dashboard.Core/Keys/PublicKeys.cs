using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Keys.Material;

namespace Dashboard.Core.Keys;

/// <summary>The public part of a key, for those who verify. Symmetric keys have none.</summary>
public static class PublicKeys
{
    /// <summary>As SubjectPublicKeyInfo in PEM (RFC 7468 section 13).</summary>
    public static string WritePem(SigningKey key) => PemEncoding.WriteString("PUBLIC KEY", key.Material.ExportPublic()) + "\n";

    /// <summary>As a JWK (RFC 7517).</summary>
    public static string WriteJwk(SigningKey key)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, key);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    internal static void Write(Utf8JsonWriter writer, SigningKey key)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in ((AsymmetricKeyMaterial)key.Material).PublicJwkMembers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteString("kid", key.KeyId);
        writer.WriteString("use", "sig");
        writer.WriteString("alg", key.Algorithm.ToString());
        writer.WriteEndObject();
    }
}
