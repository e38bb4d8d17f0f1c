using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Sessions.Redis;

/// <summary>Reads lists of sessions along the index of their filter.</summary>
internal sealed class RedisSessionList(RedisDatabase database)
{
    private const int Step = 500;

    private static readonly RedisValue[] Searched = ["user_name", "ip"];

    private readonly RedisSessionPlaces _places = new(database.Keys);

    /// <summary>An operator's sessions that have not ended.</summary>
    public async Task<IReadOnlyList<Session>> ReadOpenAsync(string operatorId, CancellationToken cancellationToken)
    {
        var open = _places.IndexOf(new SessionFilter { OperatorId = operatorId, State = SessionState.Open });
        List<Session> found = [];
        string[] step;
        PageCursor? cursor = null;
        do
        {
            step = await PlacesAsync(open, cursor, Step, cancellationToken);
            found.AddRange((await ReadAsync(step, cancellationToken)).Where(session => session.EndedAt is null));
            cursor = step is [.., var last] ? RedisSessionPlaces.CursorAt(last) : null;
        }
        while (step.Length == Step);

        return found;
    }

    public Task<Page<Session>> ListAsync(
        SessionFilter filter, PageCursor? cursor, int limit, CancellationToken cancellationToken) =>
        filter.ComparedText is { } text
            ? SearchAsync(_places.IndexOf(filter), text, cursor, limit, cancellationToken)
            : ReadAsync(_places.IndexOf(filter), cursor, limit, cancellationToken);

    private async Task<Page<Session>> ReadAsync(
        RedisKey index, PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(index, cursor, limit + 1, cancellationToken);
        var total = CappedCount.Of(await database.RunAsync(redis => redis.SortedSetLengthAsync(index), cancellationToken));
        return new Page<Session>(
            await ReadAsync(places.Take(limit), cancellationToken),
            places.Length > limit ? RedisSessionPlaces.CursorAt(places[limit - 1]).ToString() : null,
            total.Value,
            total.IsCapped);
    }

    private async Task<Page<Session>> SearchAsync(
        RedisKey index, string text, PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        var first = await WalkAsync(index, text, null, int.MaxValue, cancellationToken);
        var here = cursor is null ? first : await WalkAsync(index, text, cursor, limit + 1, cancellationToken);
        var next = here.Found.Count > limit ? here.Found[limit - 1] : here.Last;
        return new Page<Session>(
            await ReadAsync(here.Found.Take(limit), cancellationToken),
            next is null ? null : RedisSessionPlaces.CursorAt(next).ToString(),
            first.Found.Count,
            first.Last is not null);
    }

    // What matches, and the last place that was looked at; null for that where the index ended before.
    private async Task<(List<string> Found, string? Last)> WalkAsync(
        RedisKey index, string text, PageCursor? cursor, int most, CancellationToken cancellationToken)
    {
        List<string> found = [];
        for (var looked = 0; looked < ISessionStore.MostSearched; looked += Step)
        {
            var step = await PlacesAsync(index, cursor, Step, cancellationToken);
            var rows = await database.RunAsync(
                redis => Task.WhenAll(step.Select(place =>
                    redis.HashGetAsync(database.Keys.Session(RedisSessionPlaces.NameIn(place)), Searched))),
                cancellationToken);
            found.AddRange(step.Where((place, position) =>
                SessionFilter.Begins(RedisSessionPlaces.NameIn(place), text)
                || Array.Exists(rows[position], value => SessionFilter.Begins(value, text))));
            if (step.Length < Step || found.Count >= most)
            {
                return (found, null);
            }

            cursor = RedisSessionPlaces.CursorAt(step[^1]);
        }

        return (found, RedisSessionPlaces.PlaceAt(cursor!.Value));
    }

    private async Task<string[]> PlacesAsync(
        RedisKey index, PageCursor? cursor, int limit, CancellationToken cancellationToken) =>
        (string[])await database.EvaluateAsync(
            RedisSessionScripts.Places, [index], [RedisSessionPlaces.BoundOf(cursor), limit], cancellationToken);

    // A session that was purged since its place was read is left out.
    private async Task<IReadOnlyList<Session>> ReadAsync(IEnumerable<string> places, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(
            redis => Task.WhenAll(places.Select(place =>
                redis.HashGetAsync(database.Keys.Session(RedisSessionPlaces.NameIn(place)), RedisSessionRow.Fields))),
            cancellationToken);
        return [.. rows.Select(RedisSessionRow.Read).OfType<Session>()];
    }
}
