using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

/// <summary>Maps a cut-off or revocation by filter. Fields have the names of the columns in SQLite.</summary>
internal static class RevocationRow
{
    public static readonly RedisValue[] Fields =
    [
        "id", "scope", "value", "filter", "issued_before", "revoked_at", "revoked_by", "reason", "state", "revoked_tokens",
        "progress_cursor",
    ];

    /// <summary>A new row as names and values in turn.</summary>
    public static RedisValue[] Write(TokenRevocation revocation) =>
    [
        "id", revocation.Id,
        "scope", RevocationNames.NameOf(revocation.Scope),
        "value", revocation.Value,
        "filter", RevocationNames.WriteFilter(revocation.Filter),
        "issued_before", revocation.IssuedBefore.ToUnixTimeMilliseconds(),
        "revoked_at", revocation.Stamp.At.ToUnixTimeMilliseconds(),
        "revoked_by", revocation.Stamp.By,
        "reason", revocation.Stamp.Reason,
        "state", RevocationNames.NameOf(revocation.State),
        "revoked_tokens", 0,
    ];

    /// <summary>A row from the values of <see cref="Fields"/>; null where there is none.</summary>
    public static (TokenRevocation Revocation, PageCursor? Cursor)? Read(RedisValue[] row) => row[0].IsNull
        ? null
        : (
            new TokenRevocation(
                row[0]!,
                ScopeOf(row[1]!),
                row[2]!,
                RevocationNames.ReadFilter(row[3]!),
                DateTimeOffset.FromUnixTimeMilliseconds((long)row[4]),
                new(DateTimeOffset.FromUnixTimeMilliseconds((long)row[5]), row[6]!, row[7]!),
                StateOf(row[8]!),
                (long)row[9]),
            PageCursor.Parse(row[10]));

    /// <summary>The indexes that a revocation is in; all of them sort it by when it began.</summary>
    public static RedisKey[] IndexesOf(RedisKeys keys, RevocationScope scope, RevocationState state)
    {
        var ofState = state is RevocationState.Running ? keys.RunningRevocations : keys.EndedRevocations;
        return scope is RevocationScope.Filter ? [ofState] : [ofState, keys.CutOffs];
    }

    public static RevocationScope ScopeOf(string name) => Enum.Parse<RevocationScope>(name, ignoreCase: true);

    public static RevocationState StateOf(string name) => Enum.Parse<RevocationState>(name, ignoreCase: true);
}
