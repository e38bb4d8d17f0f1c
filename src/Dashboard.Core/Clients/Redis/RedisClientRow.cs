using System.Globalization;
using Dashboard.Core.Primitives;
using StackExchange.Redis;

namespace Dashboard.Core.Clients.Redis;

/// <summary>A client as Redis keeps it: a hash with a field for each column that has a value, and places in indexes.</summary>
internal static class RedisClientRow
{
    private const int TimeDigits = 15;

    public static readonly RedisValue[] Fields =
    [
        "id", "name", "origin", "created_by", "created_at", "expires_at", "state", "terms", "secrets", "secret_uses",
        "registration_token_hash", "last_used_at", "decided_at", "ended_at", "ended_reason", "ended_by", "uncut_since", "version",
    ];

    private static readonly RedisValue[] OfUses = ["last_used_at", "secret_uses"];

    /// <summary>Where a client stands in lists: its time and its id, as one text that sorts like the list.</summary>
    public static string PlaceOf(long createdAt, string id) =>
        createdAt.ToString($"D{TimeDigits}", CultureInfo.InvariantCulture) + ":" + id;

    /// <summary>The upper bound of what is behind a cursor.</summary>
    public static string BoundOf(PageCursor? cursor) =>
        cursor is { } row ? "(" + PlaceOf(row.At.ToUnixTimeMilliseconds(), row.Id) : "+";

    public static string IdIn(string place) => place[(TimeDigits + 1)..];

    /// <summary>The first arguments of the scripts that add and replace: which indexes a row is in.</summary>
    public static RedisValue[] PlacesOf(
        string id, string origin, long createdAt, long? expiresAt, long? decidedAt, long? endedAt, long? uncutSince, bool isBarred) =>
    [
        id,
        PlaceOf(createdAt, id),
        expiresAt is { } expiry && endedAt is null ? expiry : "",
        origin == nameof(ClientOrigin.SelfRegistered) && endedAt is null ? decidedAt ?? createdAt : "",
        endedAt is { } end ? end : "",
        endedAt is { } purgeable && origin != nameof(ClientOrigin.Configuration) ? purgeable : "",
        uncutSince is { } uncut ? uncut : "",
        isBarred && endedAt is null ? 0 : "",
    ];

    /// <summary>True where people keep a client out; not for one that they never let in, of which strangers can make any number.</summary>
    public static bool IsBarred(string state, long version) =>
        state == nameof(ClientState.Disabled) || (state == nameof(ClientState.Pending) && version > 0);

    /// <summary>Names and values in turn.</summary>
    public static IEnumerable<RedisValue> Write(ClientRow row, bool withUses)
    {
        RedisValue[] values =
        [
            row.Id, row.Name, row.Origin, row.CreatedBy, row.CreatedAt, row.ExpiresAt, row.State, row.Terms, row.Secrets,
            row.SecretUses, row.RegistrationTokenHash, row.LastUsedAt, row.DecidedAt, row.EndedAt, row.EndedReason,
            row.EndedBy, row.UncutSince, row.Version,
        ];
        return Fields.Zip(values)
            .Where(field => !field.Second.IsNull && (withUses || !OfUses.Contains(field.First)))
            .SelectMany(field => new[] { field.First, field.Second });
    }

    /// <summary>Null where there is no such client.</summary>
    public static Client? Read(RedisValue[] values) => values[0].IsNull
        ? null
        : new ClientRow(
            values[0]!,
            values[1]!,
            values[2]!,
            values[3]!,
            (long)values[4],
            (long?)values[5],
            values[6]!,
            values[7]!,
            values[8]!,
            values[9]!,
            values[10],
            (long?)values[11],
            (long?)values[12],
            (long?)values[13],
            values[14],
            values[15],
            (long?)values[16],
            (long)values[17]).ToClient();
}
