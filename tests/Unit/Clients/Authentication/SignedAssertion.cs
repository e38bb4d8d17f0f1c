using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Tests.Unit.Clients.Authentication;

/// <summary>The key of a client, and what it signs with it.</summary>
internal sealed class SignedAssertion : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The public half, as a set.</summary>
    public string Jwks => JwksOf("key-1");

    public string JwksOf(string keyId)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new { kty = "EC", crv = "P-256", kid = keyId, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) },
            },
        });
    }

    /// <summary>A good assertion, unless something is changed in it.</summary>
    public string Sign(
        string client, string issuer, DateTimeOffset now, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        JsonObject payload = new()
        {
            ["iss"] = client,
            ["sub"] = client,
            ["aud"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddSeconds(50).ToUnixTimeSeconds(),
            ["jti"] = Guid.CreateVersion7().ToString("N"),
        };
        JsonObject head = new() { ["alg"] = "ES256", ["kid"] = "key-1" };
        claims?.Invoke(payload);
        header?.Invoke(head);
        var input = $"{Encode(head)}.{Encode(payload)}";
        var signature = _key.SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
