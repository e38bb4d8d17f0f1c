using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>Everybody who may not act at a time, and a name for exactly these: the same on every node, and after every restart.</summary>
/// <param name="Entries">All of them.</param>
/// <param name="Digest">The name.</param>
internal sealed record SuspensionSet(IReadOnlyList<Suspension> Entries, string Digest)
{
    private const int BytesOfDigest = 12;

    public static SuspensionSet Of(IEnumerable<Suspension> entries)
    {
        List<Suspension> sorted = [.. entries.OrderBy(entry => entry.Scope, StringComparer.Ordinal).ThenBy(entry => entry.Value, StringComparer.Ordinal)];
        var text = string.Join('\n', sorted.Select(entry => string.Create(
            CultureInfo.InvariantCulture, $"{entry.Scope} {entry.Value} {entry.From?.ToUnixTimeMilliseconds()}")));
        return new SuspensionSet(
            sorted, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, BytesOfDigest)));
    }
}

/// <summary>Somebody whose tokens are refused for now, though they are not revoked.</summary>
/// <param name="Scope">
/// What the value is of: <c>client</c>, <c>subject</c>, or <c>person</c>, the subject in capital letters.
/// </param>
/// <param name="Value"><see cref="RevocationFeed.HashOf"/>.</param>
/// <param name="From">From when on; null for now.</param>
public sealed record Suspension(string Scope, string Value, DateTimeOffset? From)
{
    internal static Suspension Of(string scope, string value, DateTimeOffset? from) =>
        new(scope, RevocationFeed.HashOf(scope, value), from);
}
