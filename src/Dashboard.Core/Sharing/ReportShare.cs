using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Sharing;

/// <summary>Where a shared report came from. The names are stored.</summary>
public enum ShareSource
{
    /// <summary>The stored report of a refusal.</summary>
    Failure,

    /// <summary>A token that somebody pasted into the inspector.</summary>
    Inspector,
}

/// <summary>A redacted report that colleagues may read for a while. Only the hash of its link: whoever made it saw it once.</summary>
public sealed record ReportShare
{
    private const string IdPrefix = "shr_";
    private const int IdBytes = 16;

    /// <summary>Names it in lists and in the audit log, and opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; init; }

    public required ShareSource Source { get; init; }

    /// <summary>The <c>req_…</c> of the refusal; null for a report of the inspector.</summary>
    public string? Reference { get; init; }

    /// <summary>The refusal's code; null where the token is good.</summary>
    public string? Code { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on nobody can open it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What is shared, as JSON; empty in lists.</summary>
    public required string Report { get; init; }

    /// <summary>SHA-256 of a link's secret.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The id of the share with a hash: the way from the one to the other, and never to the secret.</summary>
    public static string IdOf(byte[] hash) => IdPrefix + Base64Url.EncodeToString(hash.AsSpan(0, IdBytes));

    /// <summary>Without the hash and the report.</summary>
    public override string ToString() => Id;
}
