using System.Text.Json.Serialization;

namespace Dashboard.Core.Keys.Redis;

/// <summary>A key as Redis keeps it.</summary>
internal sealed record RedisKeyRow(
    string KeyId,
    [property: JsonConverter(typeof(JsonStringEnumConverter<KeyAlgorithm>))] KeyAlgorithm Algorithm,
    [property: JsonConverter(typeof(JsonStringEnumConverter<KeyState>))] KeyState State,
    byte[] PublicPart,
    byte[] SealedPrivatePart,
    long CreatedAt,
    long? CurrentSince,
    long? PreviousSince,
    long? RetiredAt,
    long? RevokedAt)
{
    public static RedisKeyRow Of(KeyChange change)
    {
        var key = change.Key;
        return new RedisKeyRow(
            key.KeyId,
            key.Algorithm,
            key.State,
            key.Material.ExportPublic(),
            change.SealedPrivatePart,
            key.CreatedAt.ToUnixTimeMilliseconds(),
            key.CurrentSince?.ToUnixTimeMilliseconds(),
            key.PreviousSince?.ToUnixTimeMilliseconds(),
            key.RetiredAt?.ToUnixTimeMilliseconds(),
            key.RevokedAt?.ToUnixTimeMilliseconds());
    }

    public StoredKey ToKey() => new(
        new KeyRow(
            KeyId,
            Algorithm,
            State,
            PublicPart,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Time(CurrentSince),
            Time(PreviousSince),
            Time(RetiredAt),
            Time(RevokedAt)),
        SealedPrivatePart);

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
