using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit.Issuing;

/// <summary>
/// Writes tokens as LiveKit's own libraries do: the API key as issuer, the identity as subject, no audience, and no time of
/// issuing, which the server would compare with its clock. Nothing of what the deployment adds to tokens for APIs is in them.
/// </summary>
internal sealed class LiveKitWriter(LiveKitKey key, IOptions<LiveKitOptions> options)
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(6);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[] Header = """{"alg":"HS256","typ":"JWT"}"""u8.ToArray();

    public static TimeSpan LifetimeOf(TokenRequest request) => request.Lifetime ?? UsualLifetime;

    public LifetimeLimit Limit => new(options.Value.MaximumLifetime, $"{LiveKitOptions.Section}:{nameof(LiveKitOptions.MaximumLifetime)}");

    /// <summary>False where no secret is configured, and nothing can be signed.</summary>
    public bool IsReady => key.IsThere;

    /// <summary>The draft as LiveKit's verifiers want it. The ledger names the server as the audience; the token names none.</summary>
    public TokenDraft Adapt(TokenDraft draft) => draft with
    {
        Issuer = options.Value.ApiKey!,
        Audience = options.Value.Url,
    };

    public SignedDraft Sign(TokenDraft draft)
    {
        var claims = WriteClaims(draft);
        return new SignedDraft(key.KeyId, claims, TokenWriter.Compose(Header, claims, key.Sign, draft.Request.Defect));
    }

    public static byte[] WriteClaims(TokenDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            Write(ClaimNames.Issuer, () => json.WriteString(ClaimNames.Issuer, draft.Issuer));
            Write(ClaimNames.Subject, () => json.WriteString(ClaimNames.Subject, draft.Request.Subject));
            Write(ClaimNames.NotBefore, () => json.WriteNumber(ClaimNames.NotBefore, draft.NotBefore.ToUnixTimeSeconds()));
            Write(ClaimNames.ExpiresAt, () => json.WriteNumber(ClaimNames.ExpiresAt, draft.ExpiresAt.ToUnixTimeSeconds()));
            Write(ClaimNames.TokenId, () => json.WriteString(ClaimNames.TokenId, draft.TokenId));
            foreach (var claim in draft.Request.ExtraClaims?.EnumerateObject() ?? default)
            {
                claim.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();

        void Write(string name, Action write)
        {
            if (draft.Request.Defect is not TokenDefect.MissingClaim missing || missing.Claim != name)
            {
                write();
            }
        }
    }
}
