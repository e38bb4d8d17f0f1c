using System.Buffers.Text;
using System.Text.Json;

namespace Dashboard.Core.Keys.Public;

/// <summary>Members of a JWK (RFC 7517 section 4); null where one is absent or of another type.</summary>
internal static class JwkMembers
{
    extension(JsonElement jwk)
    {
        public string? Text(string name) =>
            jwk.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

        public byte[]? Bytes(string name) =>
            jwk.Text(name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
    }
}
