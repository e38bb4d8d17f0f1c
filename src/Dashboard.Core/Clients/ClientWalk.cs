using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>
/// Reads a list of clients step by step and keeps those that match: no index answers a name's beginning in any case, or
/// what a clock decides. The same for every adapter, so that all give the same pages.
/// </summary>
/// <param name="read">Reads up to so many clients behind a place, newest first, of those the filter's state is kept among.</param>
/// <param name="count">Counts all of these, up to one more than <see cref="CappedCount.Most"/>.</param>
internal sealed class ClientWalk(Func<PageCursor?, int, Task<IReadOnlyList<Client>>> read, Func<Task<long>> count)
{
    /// <summary>A call looks at so many rows at most.</summary>
    public const int MostLooked = 2_500;

    private const int Step = 500;

    public async Task<Page<Client>> ListAsync(ClientFilter filter, DateTimeOffset now, PageCursor? cursor, int limit)
    {
        if (filter is { Search: null or "", Standing: null or ClientStanding.Gone, Origin: null, IsPublic: null })
        {
            var rows = await read(cursor, limit + 1);
            return PageOf(rows, rows.Count > limit ? CursorAt(rows[limit - 1]) : null, limit, CappedCount.Of(await count()));
        }

        var first = await WalkAsync(filter, now, null, int.MaxValue);
        var here = cursor is null ? first : await WalkAsync(filter, now, cursor, limit + 1);
        return PageOf(
            here.Found,
            here.Found.Count > limit ? CursorAt(here.Found[limit - 1]) : here.Last,
            limit,
            new CappedCount(first.Found.Count, first.Last is not null));
    }

    // What matches, and the last place that was looked at; null for that where the list ended before.
    private async Task<(List<Client> Found, PageCursor? Last)> WalkAsync(
        ClientFilter filter, DateTimeOffset now, PageCursor? cursor, int most)
    {
        List<Client> found = [];
        for (var looked = 0; looked < MostLooked; looked += Step)
        {
            var step = await read(cursor, Step);
            found.AddRange(step.Where(client => filter.Matches(client, now)));
            if (step.Count < Step || found.Count >= most)
            {
                return (found, null);
            }

            cursor = CursorAt(step[^1]);
        }

        return (found, cursor);
    }

    private static Page<Client> PageOf(IReadOnlyList<Client> found, PageCursor? next, int limit, CappedCount total) =>
        new([.. found.Take(limit)], next?.ToString(), total.Value, total.IsCapped);

    private static PageCursor CursorAt(Client client) => new(client.CreatedAt, client.Id);
}
