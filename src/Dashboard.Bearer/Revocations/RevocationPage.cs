using System.Text.Json;

namespace Dashboard.Bearer.Revocations;

/// <summary>What Signet answers: what is revoked, or what of it is new.</summary>
/// <param name="Cursor">To be sent with the next question.</param>
/// <param name="More">True where the next page is there already.</param>
internal sealed record RevocationPage(string Cursor, bool More)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public required IReadOnlyList<RevokedToken> Tokens { get; init; }

    public required IReadOnlyList<CutOff> CutOffs { get; init; }

    public required IReadOnlyList<string> RevokedKeys { get; init; }

    /// <summary>Everybody who may not act for now, in place of all who were told before; null where they are the same.</summary>
    public IReadOnlyList<Suspension>? Suspended { get; init; }

    /// <summary>Each scope and all that it implies; null where that was said before.</summary>
    public Dictionary<string, string[]>? ScopeHierarchy { get; init; }

    /// <summary>Reads an answer of Signet.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static RevocationPage Read(byte[] json) =>
        JsonSerializer.Deserialize<RevocationPage>(json, Json) ?? throw new JsonException("The answer is null.");
}

/// <summary>A token that is revoked by itself.</summary>
/// <param name="Jti">The token's id.</param>
/// <param name="Exp">When it expires, in seconds since 1970; null where that is not known.</param>
internal sealed record RevokedToken(string Jti, long? Exp = null);

/// <summary>A rule that covers many.</summary>
/// <param name="Scope">What the value is of.</param>
/// <param name="Value">A hash; null for everything.</param>
/// <param name="IssuedBefore">In milliseconds since 1970, inclusive.</param>
internal sealed record CutOff(string Scope, long IssuedBefore, string? Value = null);

/// <summary>Somebody whose tokens are refused for now, though they are not revoked.</summary>
/// <param name="Scope">What the value is of.</param>
/// <param name="Value">A hash.</param>
/// <param name="From">From when on, in milliseconds since 1970; null for now.</param>
internal sealed record Suspension(string Scope, string Value, long? From = null);
