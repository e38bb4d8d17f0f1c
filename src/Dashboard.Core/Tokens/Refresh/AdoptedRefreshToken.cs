using System.Buffers.Text;

namespace Dashboard.Core.Tokens.Refresh;

/// <summary>A refresh token that another system gave out and that is good here from now on: once, as all are.</summary>
internal sealed record AdoptedRefreshToken
{
    private const int Length = 43;
    private const int IdBytes = 16;

    /// <summary>The token itself; only its hash is kept.</summary>
    public required string Token { get; init; }

    public required string Client { get; init; }

    public required string Subject { get; init; }

    /// <summary>What the person is called there; null where unknown.</summary>
    public string? UserName { get; init; }

    public required string Scope { get; init; }

    /// <summary>Where its access tokens are good; null for Signet's own audience.</summary>
    public string? Resource { get; init; }

    /// <summary>Signet's own audience.</summary>
    public required string Audience { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True for 256 bits in base64url: nothing of ours is written so without a prefix, and no JWT lacks dots.</summary>
    public static bool IsForm(string token) =>
        token.Length == Length && Base64Url.IsValid(token) && !token.Any(char.IsWhiteSpace);

    /// <summary>The name of its row and of its family: always the same, so that it is adopted once.</summary>
    public static string IdOf(byte[] hash) => "gwr_" + Base64Url.EncodeToString(hash.AsSpan(0, IdBytes));

    /// <summary>Without the token.</summary>
    public override string ToString() => Client;
}
