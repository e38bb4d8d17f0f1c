using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Lets somebody register clients (RFC 7591 section 3). Only its hash: whoever made it saw it once.</summary>
public sealed record InitialAccessToken
{
    /// <summary>Begins every one of them, for people and for scanners that look for secrets.</summary>
    public const string Prefix = "sgt_iat_";

    private const string IdPrefix = "iat_";
    private const int IdBytes = 16;

    /// <summary>Names it, and is no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in the words of whoever made it.</summary>
    public required string Label { get; init; }

    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] Hash { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many clients it can register; null for any number.</summary>
    public int? Uses { get; init; }

    /// <summary>How many it has registered.</summary>
    public int Used { get; init; }

    /// <summary>When it last registered one; null where it never did.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>True where it was revoked as a token of the ledger. Not stored with it.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>True where it can register a client at a time.</summary>
    public bool IsUsableAt(DateTimeOffset now) => !IsRevoked && !(Used >= Uses) && !(now >= ExpiresAt);

    /// <summary>SHA-256 of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The id of the token with a hash: the way from the one to the other.</summary>
    public static string IdOf(byte[] hash) => IdPrefix + Base64Url.EncodeToString(hash.AsSpan(0, IdBytes));

    /// <summary>Without the hash.</summary>
    public override string ToString() => Id;
}
