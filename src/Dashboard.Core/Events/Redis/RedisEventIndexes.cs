using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>Gathers the keys of one script over many events: each once, and named by its place.</summary>
internal sealed class RedisEventIndexes
{
    private readonly RedisKeys _names;
    private readonly List<RedisKey> _keys;
    private readonly Dictionary<RedisKey, int> _places = [];

    public RedisEventIndexes(RedisKeys names)
    {
        _names = names;
        _keys = [names.EventNumber, names.Events, names.EventReports, names.EventsByTime];
    }

    /// <summary>All keys gathered so far.</summary>
    public RedisKey[] Keys => [.. _keys];

    /// <summary>
    /// The places of an event's indexes: kind by time, kind and outcome, outcome, token, session, client, agent, code, address,
    /// subject, endpoint, request.
    /// </summary>
    public RedisValue[] PlacesOf(EventRow row) =>
    [
        PlaceOf(_names.EventsOfKind(row.Kind)),
        PlaceOf(_names.EventsOfKind(row.Kind, row.Outcome)),
        PlaceOf(_names.EventsOfOutcome(row.Outcome)),
        row.TokenId is { } tokenId ? PlaceOf(_names.EventsOfToken(tokenId)) : 0,
        row.Session is { } session ? PlaceOf(_names.EventsOfSession(session)) : 0,
        row.Client is { } client ? PlaceOf(_names.EventsOfClient(client)) : 0,
        row.Agent is { } agent ? PlaceOf(_names.EventsOfAgent(agent)) : 0,
        row.Code is { } code ? PlaceOf(_names.EventsOfCode(code)) : 0,
        row.Ip is { } address ? PlaceOf(_names.EventsOfAddress(address)) : 0,
        row.Subject is { } subject ? PlaceOf(_names.EventsOfSubject(subject)) : 0,
        row.Endpoint is { } endpoint ? PlaceOf(_names.EventsOfEndpoint(endpoint)) : 0,
        row.RequestId is { } requestId ? PlaceOf(_names.EventsOfRequest(requestId)) : 0,
    ];

    /// <summary>What the scripts that write events take for each.</summary>
    public RedisValue[] ArgumentsOf(EventRow row) => [RedisEventJson.Write(row), row.Report ?? "", row.At, .. PlacesOf(row)];

    /// <summary>The place of any key of the same script.</summary>
    public int PlaceOf(RedisKey key)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            _keys.Add(key);
            _places[key] = place = _keys.Count;
        }

        return place;
    }
}
