using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Sessions.Redis;

/// <summary>
/// Where a session stands in lists: its time of login and its name, as one text that sorts like the list. It is a member of
/// eight indexes, one for each filter that covers it, so that every list is read and counted along one of them.
/// </summary>
internal sealed class RedisSessionPlaces(RedisKeys keys)
{
    private const int TimeDigits = 15;

    public const string Open = "open";
    public const string Ended = "ended";

    /// <summary>The place of a session.</summary>
    public static string Of(long createdAt, string name) =>
        createdAt.ToString($"D{TimeDigits}", CultureInfo.InvariantCulture) + ":" + name;

    /// <summary>The name in a place.</summary>
    public static string NameIn(string place) => place[(TimeDigits + 1)..];

    /// <summary>Where a list goes on behind a place.</summary>
    public static PageCursor CursorAt(string place) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(place.AsSpan(0, TimeDigits), CultureInfo.InvariantCulture)),
        NameIn(place));

    /// <inheritdoc cref="Of(long, string)"/>
    public static string PlaceAt(PageCursor cursor) => Of(cursor.At.ToUnixTimeMilliseconds(), cursor.Id);

    /// <summary>The upper bound of what is behind a cursor.</summary>
    public static string BoundOf(PageCursor? cursor) =>
        cursor is { } row ? "(" + PlaceAt(row) : "+";

    /// <summary>The index that holds exactly what a filter lists, its text aside.</summary>
    public RedisKey IndexOf(SessionFilter filter) => keys.SessionPlaces(
        filter.OperatorId,
        filter.Kind is { } kind ? SessionKinds.NameOf(kind) : null,
        filter.State is { } state ? state is SessionState.Open ? Open : Ended : null);

    /// <summary>The four indexes that a session is in whatever becomes of it, or those it is in while of a state.</summary>
    public RedisKey[] IndexesOf(string operatorId, string kind, string? state) =>
    [
        keys.SessionPlaces(null, null, state),
        keys.SessionPlaces(null, kind, state),
        keys.SessionPlaces(operatorId, null, state),
        keys.SessionPlaces(operatorId, kind, state),
    ];

    /// <summary>The keys of the script that adds, without that of a secret.</summary>
    public RedisKey[] ToAdd(string name, string operatorId, string kind) =>
    [
        keys.Session(name), keys.OpenSessions, keys.SeenSessions,
        .. IndexesOf(operatorId, kind, null), .. IndexesOf(operatorId, kind, Open),
    ];

    /// <summary>The keys of the script that ends.</summary>
    public RedisKey[] ToEnd(string name, string operatorId, string kind) =>
    [
        keys.Session(name), keys.OpenSessions, keys.SeenSessions, keys.EndedSessions,
        .. IndexesOf(operatorId, kind, Open), .. IndexesOf(operatorId, kind, Ended),
    ];

    /// <summary>The keys of one ended session for the script that purges.</summary>
    public RedisKey[] ToPurge(string name, byte[]? secretHash, string operatorId, string kind) =>
    [
        keys.Session(name), keys.SessionSecret(secretHash ?? []),
        .. IndexesOf(operatorId, kind, null), .. IndexesOf(operatorId, kind, Ended),
    ];
}
