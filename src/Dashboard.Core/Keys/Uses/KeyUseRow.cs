namespace Dashboard.Core.Keys.Uses;

/// <summary>The uses of a key as every store has them; the names of its members are those of the columns.</summary>
internal sealed record KeyUseRow(string KeyId, long Issued, long? LastSignedAt, long? LastVerifiedAt)
{
    public KeyUse ToUse() => new(Issued, Time(LastVerifiedAt)) { LastSignedAt = Time(LastSignedAt) };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
