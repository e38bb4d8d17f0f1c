using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;

namespace Dashboard.Hosting.Tokens;

/// <summary>What a person asks for on the minting page or through the API, as text.</summary>
public sealed record MintForm
{
    public string Subject { get; set; } = "";

    /// <summary>Empty for Signet's own audience.</summary>
    public string? Audience { get; set; }

    public string? ClientId { get; set; }

    /// <summary>Separated by spaces or commas.</summary>
    public string? Scopes { get; set; }

    /// <summary>Seconds; null for the default.</summary>
    public long? ExpiresIn { get; set; }

    /// <summary>What it is signed with; empty for the default.</summary>
    public string? Algorithm { get; set; }

    /// <summary>A JSON object; empty for none.</summary>
    public string? Claims { get; set; }

    /// <summary>The name of a defect; empty for a real token.</summary>
    public string? Defect { get; set; }
}

/// <summary>Turns what people type into a request to the core.</summary>
public static class MintRequests
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The request, or null and what cannot be read. The core judges the rest.</summary>
    public static TokenRequest? Read(MintForm form, Actor who, out IReadOnlyList<FieldFault> faults)
    {
        List<FieldFault> found = [];
        faults = found;
        var defect = TokenDefect.Parse(form.Defect);
        if (form.Defect is { Length: > 0 } && defect is null)
        {
            found.Add(new FieldFault("defect", "must be one of " + string.Join(", ", TokenDefect.Names)));
        }

        var algorithm = KeyAlgorithms.Parse(form.Algorithm);
        if (form.Algorithm is { Length: > 0 } && algorithm is null)
        {
            found.Add(new FieldFault("algorithm", "must be one of " + KeyAlgorithms.Names));
        }

        if (form.ExpiresIn is < 1 or > 31_536_000)
        {
            found.Add(new FieldFault("expires_in", "must be between 1 and 31536000 seconds"));
        }

        var claims = ReadClaims(form.Claims, found);
        return found is not []
            ? null
            : new TokenRequest
            {
                Kind = TokenKind.Minted,
                Subject = form.Subject,
                Audience = NullIfEmpty(form.Audience),
                Client = NullIfEmpty(form.ClientId),
                Scopes = ScopeText.Split(form.Scopes),
                Lifetime = form.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Algorithm = algorithm,
                ExtraClaims = claims,
                Defect = defect,
                Who = who,
                Audited = true,
            };
    }

    /// <summary>The form's and the API's name of a field of the core's request.</summary>
    public static string NameOf(string field) => field switch
    {
        "client" => "client_id",
        "lifetime" => "expires_in",
        _ => field,
    };

    private static JsonElement? ReadClaims(string? text, List<FieldFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            faults.Add(new FieldFault("claims", $"must be well-formed JSON without duplicate members (line {exception.LineNumber + 1})"));
            return null;
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
