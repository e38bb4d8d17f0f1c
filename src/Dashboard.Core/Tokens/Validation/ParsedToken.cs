using System.Text.Json;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>A token that could be read. Says nothing about whether it is genuine.</summary>
/// <param name="header">The header, a JSON object.</param>
/// <param name="claims">The payload, a JSON object.</param>
/// <param name="signingInput">What the signature covers: the first two parts and the dot between them, as ASCII.</param>
/// <param name="signature">The signature's bytes.</param>
/// <param name="claimsHash">The SHA-256 of the payload's bytes.</param>
internal sealed class ParsedToken(
    JsonElement header, JsonElement claims, byte[] signingInput, byte[] signature, TokenHash claimsHash)
{
    private const int LongestKeyId = 128;

    public JsonElement Header => header;

    public JsonElement Claims => claims;

    public byte[] SigningInput => signingInput;

    public byte[] Signature => signature;

    public TokenHash ClaimsHash => claimsHash;

    public TokenClaims Values { get; } = new(claims);

    /// <summary>The <c>alg</c>; null where absent or no string.</summary>
    public string? Algorithm { get; } = Text(header, "alg");

    /// <summary>The <c>kid</c>; null where absent, no string or longer than any of ours.</summary>
    public string? KeyId { get; } = Text(header, "kid") is { Length: > 0 and <= LongestKeyId } keyId ? keyId : null;

    /// <summary>The <c>typ</c>; null where absent or no string.</summary>
    public string? Type { get; } = Text(header, "typ");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
