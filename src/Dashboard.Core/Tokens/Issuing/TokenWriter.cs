using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Scopes;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>Writes claims and the compact serialization (RFC 7515 section 7.1).</summary>
internal static class TokenWriter
{
    // JSON of a token never stands in a page's markup: '+' in at+jwt or an address stays what it is.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload. A claim that a test token shall miss is left out.</summary>
    public static byte[] WriteClaims(TokenDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            WriteRegistered(json, draft);
            WriteGranted(json, draft.Request);
            WriteExtra(json, draft);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A token that a key of the ring signed.</summary>
    public static string Sign(SigningKey key, string type, byte[] claims, TokenDefect? defect) =>
        Compose(WriteHeader(key, type), claims, data => key.Material.Sign(data), defect);

    /// <summary>Header, payload and signature; the signature of another message where that is the defect.</summary>
    public static string Compose(byte[] header, byte[] claims, Func<byte[], byte[]> sign, TokenDefect? defect)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = sign(Encoding.ASCII.GetBytes(
            defect is TokenDefect.InvalidSignature ? input + " (signed something else)" : input));
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static byte[] WriteHeader(SigningKey key, string type)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("alg", key.Algorithm.ToString());
            json.WriteString("kid", key.KeyId);
            json.WriteString("typ", type);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRegistered(Utf8JsonWriter json, TokenDraft draft)
    {
        Write(ClaimNames.Issuer, draft.Issuer);
        Write(ClaimNames.Subject, draft.Request.Subject);
        Write(ClaimNames.Audience, draft.Audience);
        WriteDate(ClaimNames.IssuedAt, draft.Request.Defect is TokenDefect.Expired ? draft.NotBefore : draft.IssuedAt);
        WriteDate(ClaimNames.NotBefore, draft.NotBefore);
        WriteDate(ClaimNames.ExpiresAt, draft.ExpiresAt);
        Write(ClaimNames.TokenId, draft.TokenId);

        void Write(string name, string value)
        {
            if (!IsLeftOut(name))
            {
                json.WriteString(name, value);
            }
        }

        void WriteDate(string name, DateTimeOffset value)
        {
            if (!IsLeftOut(name))
            {
                json.WriteNumber(name, value.ToUnixTimeSeconds());
            }
        }

        bool IsLeftOut(string name) => draft.Request.Defect is TokenDefect.MissingClaim missing && missing.Claim == name;
    }

    private static void WriteGranted(Utf8JsonWriter json, TokenRequest request)
    {
        Write(ClaimNames.Client, request.Client);
        Write(ClaimNames.Scope, request.Scopes is [] ? null : ScopeText.Join(request.Scopes));
        Write(ClaimNames.UserName, request.UserName);
        Write(ClaimNames.Session, request.Session);
        Write(ClaimNames.Agent, request.AgentId);
        Write(ClaimNames.Role, request.Role);
        Write(ClaimNames.Fingerprint, request.FingerprintHash);
        Write(ClaimNames.Address, request.AddressHash);
        Write(ClaimNames.UserAgent, request.UserAgentHash);

        // ARCP's clients read an array under this name.
        if (request.Kind is TokenKind.Operator or TokenKind.Agent)
        {
            json.WriteStartArray(ClaimNames.Scopes);
            foreach (var scope in request.Scopes)
            {
                json.WriteStringValue(scope);
            }

            json.WriteEndArray();
        }

        void Write(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }

    // What the request says wins over what the deployment says; names that differ only in case would make two readers
    // see two tokens.
    private static void WriteExtra(Utf8JsonWriter json, TokenDraft draft)
    {
        var asked = draft.Request.ExtraClaims;
        foreach (var (name, value) in draft.DeploymentClaims)
        {
            if (asked?.EnumerateObject().Any(claim => claim.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not true)
            {
                json.WriteString(name, value);
            }
        }

        if (asked is { } claims)
        {
            foreach (var claim in claims.EnumerateObject())
            {
                claim.WriteTo(json);
            }
        }
    }
}
