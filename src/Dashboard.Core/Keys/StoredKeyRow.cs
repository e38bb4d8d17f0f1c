namespace Dashboard.Core.Keys;

/// <summary>A key as every store has it; the names of its members are those of the columns.</summary>
internal sealed record StoredKeyRow(
    string KeyId,
    string Algorithm,
    string State,
    byte[] PublicPart,
    byte[] SealedPrivatePart,
    long CreatedAt,
    long? CurrentSince,
    long? PreviousSince,
    long? RetiredAt,
    long? RevokedAt,
    long? SharedAt,
    long IsImported,
    string? Issuer = null)
{
    public static StoredKeyRow Of(KeyChange change)
    {
        var key = change.Key;
        return new StoredKeyRow(
            key.KeyId,
            key.Algorithm.ToString(),
            NameOf(key.State),
            key.Material.ExportPublic(),
            change.SealedPrivatePart,
            key.CreatedAt.ToUnixTimeMilliseconds(),
            key.CurrentSince?.ToUnixTimeMilliseconds(),
            key.PreviousSince?.ToUnixTimeMilliseconds(),
            key.RetiredAt?.ToUnixTimeMilliseconds(),
            key.RevokedAt?.ToUnixTimeMilliseconds(),
            key.SharedAt?.ToUnixTimeMilliseconds(),
            key.IsImported ? 1 : 0,
            key.Issuer);
    }

    public StoredKey ToKey() => new(
        new KeyRow(
            KeyId,
            Enum.Parse<KeyAlgorithm>(Algorithm),
            StateOf(State),
            PublicPart,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Time(CurrentSince),
            Time(PreviousSince),
            Time(RetiredAt),
            Time(RevokedAt),
            Time(SharedAt),
            IsImported == 1)
        {
            Issuer = Issuer,
        },
        SealedPrivatePart);

    public static KeyState StateOf(string name) => Enum.Parse<KeyState>(name, ignoreCase: true);

    private static string NameOf(KeyState state) => state switch
    {
        KeyState.Next => "next",
        KeyState.Current => "current",
        KeyState.Previous => "previous",
        KeyState.Retired => "retired",
        KeyState.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
