using System.Text;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Finds what begins with a text: subjects and clients as their indexes, ids as places.</summary>
internal sealed class LedgerTexts(RedisDatabase database)
{
    private const int MostValues = 200;
    private const int MostIds = 5_000;

    /// <summary>Null where so much begins with the text that rows are sooner found by walking past all of them.</summary>
    public async Task<(IReadOnlyList<LedgerPlace> Places, IReadOnlyList<RedisKey> Indexes)?> FindAsync(
        string text, LedgerRange range, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var found = await database.RunAsync(
            redis => Task.WhenAll(
                BeginningAsync(redis, keys.Subjects, text, MostValues),
                BeginningAsync(redis, keys.Clients, text, MostValues),
                BeginningAsync(redis, keys.TokenIds, text, MostIds)),
            cancellationToken);
        var (subjects, clients, ids) = (found[0], found[1], found[2]);
        if (subjects.Length > MostValues || clients.Length > MostValues || ids.Length > MostIds)
        {
            return null;
        }

        var places = ids.Select(id => LedgerPlace.FromIdFirst(id!))
            .Where(place => range.Contains(place) && place.TokenId.StartsWith(text, StringComparison.Ordinal));
        return (
            [.. LedgerPlace.NewestFirst(places)],
            [
                .. subjects.Select(subject => keys.TokensOfSubject(subject!)),
                .. clients.Select(client => keys.TokensOfClient(client!)),
            ]);
    }

    // One more than the most, so that the caller sees that there are more.
    private static async Task<string[]> BeginningAsync(IDatabaseAsync redis, RedisKey values, string text, int most)
    {
        // No text in UTF-8 holds this byte: it sorts after all that begin so.
        byte[] end = [.. Encoding.UTF8.GetBytes("(" + text), 0xFF];
        return (string[])await redis.ExecuteAsync("ZRANGEBYLEX", values, "[" + text, end, "LIMIT", 0, most + 1);
    }
}
