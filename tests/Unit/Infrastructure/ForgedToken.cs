using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Dashboard.Core.Keys;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Signs whatever it is told to: what somebody could send who had a key, or only pretended to.</summary>
internal static class ForgedToken
{
    /// <summary>Joins and signs; nothing is checked.</summary>
    public static string Sign(SigningKey key, byte[] header, byte[] payload) =>
        Sign(header, payload, data => key.Material.Sign(data));

    public static string Sign(SigningKey key, string header, string payload) =>
        Sign(key, Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    public static string Sign(byte[] header, byte[] payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Sign(string header, string payload, Func<byte[], byte[]> sign) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), sign);

    /// <summary>The first part of a token.</summary>
    public static string EncodeHeader(string header) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));

    /// <summary>The header that Signet would write.</summary>
    public static string Header(SigningKey key, string type = "at+jwt") =>
        $$"""{"alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}","typ":"{{type}}"}""";

    /// <summary>A good token's claims with changes, signed by the ring's own key; a null value leaves the claim out.</summary>
    public static string Alter(CoreHost host, string token, params (string Name, JsonNode? Value)[] changes)
    {
        var claims = JsonNode.Parse(PayloadOf(token))!.AsObject();
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return Sign(host.Get<KeyRing>().Current, HeaderOf(token), claims.ToJsonString());
    }

    /// <summary>A good token's claims with one member's JSON written as given, signed by the ring's own key.</summary>
    public static string AlterRaw(CoreHost host, string token, string name, string json)
    {
        var claims = JsonNode.Parse(PayloadOf(token))!.AsObject();
        claims.Remove(name);
        var text = claims.ToJsonString();
        return Sign(host.Get<KeyRing>().Current, HeaderOf(token), $"{text[..^1]},\"{name}\":{json}}}");
    }

    /// <summary>A good token under another header, signed by the ring's own key.</summary>
    public static string WithHeader(CoreHost host, string token, string header) =>
        Sign(host.Get<KeyRing>().Current, header, PayloadOf(token));

    public static string HeaderOf(string token) => Text(token, 0);

    public static string PayloadOf(string token) => Text(token, 1);

    public static string SignatureOf(string token) => token.Split('.')[2];

    /// <summary>The token with other signature bytes.</summary>
    public static string WithSignature(string token, byte[] signature) =>
        $"{token[..token.LastIndexOf('.')]}.{Base64Url.EncodeToString(signature)}";

    private static string Text(string token, int part) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[part]));
}
