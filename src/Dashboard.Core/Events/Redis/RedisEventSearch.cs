using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>
/// Finds the numbers of events that a filter covers. Without a token, session, agent or client they are what a few indexes hold together, one
/// for each outcome; with one its own index is walked and the others are asked about each of its events.
/// </summary>
internal sealed class RedisEventSearch(RedisDatabase database, EventFilter filter)
{
    /// <summary>The newest numbers below a limit, and how many there are in all, counted a little past <paramref name="most"/>.</summary>
    public async Task<(IReadOnlyList<long> Numbers, long Total)> FindAsync(
        long before, int limit, int most, CancellationToken cancellationToken)
    {
        if (FindWay() is { } way && (filter is not { Kind: null, Outcome: null } || Ways().Count() > 1))
        {
            return await database.WalkAsync(way, IsCoveredAsync, (before, limit), most, cancellationToken);
        }

        List<RedisKey> indexes = [.. Indexes()];
        var pages = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => NumberIndex.ReadAsync(redis, index, before, limit))), cancellationToken);
        var sizes = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => redis.SortedSetLengthAsync(index))), cancellationToken);
        return ([.. pages.SelectMany(numbers => numbers).OrderDescending().Take(limit)], sizes.Sum());
    }

    private RedisKey? FindWay() => Ways().Cast<RedisKey?>().FirstOrDefault();

    // The narrowest first.
    private IEnumerable<RedisKey> Ways()
    {
        if (filter.TokenId is { } tokenId)
        {
            yield return database.Keys.EventsOfToken(tokenId);
        }

        if (filter.Session is { } session)
        {
            yield return database.Keys.EventsOfSession(session);
        }

        if (filter.Agent is { } agent)
        {
            yield return database.Keys.EventsOfAgent(agent);
        }

        if (filter.Client is { } client)
        {
            yield return database.Keys.EventsOfClient(client);
        }
    }

    private IEnumerable<RedisKey> Indexes()
    {
        if (FindWay() is { } way)
        {
            return [way];
        }

        IEnumerable<EventOutcome> outcomes = filter.Outcome is { } outcome ? [outcome] : Enum.GetValues<EventOutcome>();
        return outcomes.Select(EventRow.NameOf).Select(name => filter.Kind is { } kind
            ? database.Keys.EventsOfKind(kind, name)
            : database.Keys.EventsOfOutcome(name));
    }

    private async Task<bool> IsCoveredAsync(IDatabaseAsync redis, long number)
    {
        var ofKind = filter.Kind is { } kind
            ? redis.SortedSetScoreAsync(database.Keys.EventsOfKind(kind), RedisEventStore.DigitsOf(number))
            : null;
        var ofOutcome = filter.Outcome is { } outcome
            ? redis.SortedSetScoreAsync(database.Keys.EventsOfOutcome(EventRow.NameOf(outcome)), number)
            : null;
        var ofOtherWays = Ways().Skip(1).Select(way => redis.SortedSetScoreAsync(way, number)).ToList();
        return (ofKind is null || await ofKind is not null)
            && (ofOutcome is null || await ofOutcome is not null)
            && (await Task.WhenAll(ofOtherWays)).All(score => score is not null);
    }
}
