using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Webhooks;

/// <summary>Signs messages as Standard Webhooks says: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";

    /// <summary>The three headers of a message; one signature for each key, so that a receiver may know either.</summary>
    public static IReadOnlyList<(string Name, string Value)> HeadersOf(
        string id, DateTimeOffset at, string body, IEnumerable<byte[]> keys)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            (IdHeader, id),
            (TimestampHeader, timestamp),
            (SignatureHeader, string.Join(' ', keys.Select(key => Sign(key, id, timestamp, body)))),
        ];
    }

    private static string Sign(byte[] key, string id, string timestamp, string body) =>
        Version + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
