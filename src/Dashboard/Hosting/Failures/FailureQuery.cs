using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Queries;

namespace Dashboard.Hosting.Failures;

/// <summary>What the failures page and the API are asked for, as text: the same names and values in the address of both.</summary>
/// <param name="Time">When it was refused.</param>
/// <param name="Filter">What was refused, and whose it was.</param>
public sealed record FailureQuery(FailureTime Time, RefusalFilter Filter)
{
    /// <summary>Everything of the last day.</summary>
    public static readonly FailureQuery Default = new(FailureTime.Day, RefusalFilter.None);

    internal const string RangeName = "range";
    internal const string FromName = "from";
    internal const string ToName = "to";

    private const string CodeName = "code";
    private const string ClientName = "client";
    private const string AddressName = "address";
    private const string SubjectName = "subject";
    private const string EndpointName = "endpoint";
    private const int Longest = 300;

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(RangeName, "The time until now; 24h without it and without from and to.") { Choices = [.. FailureTime.Named.Select(time => time.Name)] },
        new(FromName, "The beginning of a time, with to.") { Kind = ApiValueKind.Time },
        new(ToName, "Its end.") { Kind = ApiValueKind.Time },
        new(CodeName, "An error code."),
        new(ClientName, "Whose requests, by client."),
        new(AddressName, "Whose requests, by network address."),
        new(SubjectName, "Whose requests, by subject."),
        new(EndpointName, "The method and path that was asked for."),
    ];

    /// <summary>Reads a query; <paramref name="find"/> gives the text of a name, or null or nothing.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static FailureQuery Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        var reader = new QueryReader(find, Longest);
        faults = reader.Faults;
        var filter = new RefusalFilter(
            reader.Text(CodeName), reader.Text(ClientName), reader.Text(EndpointName), reader.Text(AddressName), reader.Text(SubjectName));
        return new FailureQuery(ReadTime(reader), filter);
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(RangeName, Time is FailureTime.Last last && last != FailureTime.Day ? last.Name : null),
        new(FromName, Time is FailureTime.Between { From: var from } ? QueryTime.Write(from) : null),
        new(ToName, Time is FailureTime.Between { To: var to } ? QueryTime.Write(to) : null),
        new(CodeName, Filter.Code),
        new(ClientName, Filter.Client),
        new(AddressName, Filter.Address),
        new(SubjectName, Filter.Subject),
        new(EndpointName, Filter.Endpoint),
    ];

    /// <summary>The refusals of which something more than their number was kept.</summary>
    public EventFilter ToEvents(TimeRange range) => new(
        Outcome: EventOutcome.Refused,
        Client: Filter.Client,
        Code: Filter.Code,
        Address: Filter.Address,
        Subject: Filter.Subject,
        Endpoint: Filter.Endpoint,
        From: range.From,
        Before: range.To);

    private static FailureTime ReadTime(QueryReader reader)
    {
        var (range, from, to) = (reader.Text(RangeName), reader.Text(FromName), reader.Text(ToName));
        if (from is null && to is null)
        {
            return range is null ? FailureTime.Day : FailureTime.Find(range) ?? Fault(RangeName, "must be 1h, 24h, 7d or 30d");
        }

        return (reader.Time(FromName), reader.Time(ToName)) switch
        {
            _ when range is not null => Fault(RangeName, "is not needed beside from and to"),
            ({ } begin, { } end) when begin < end => new FailureTime.Between(begin, end),
            (not null, not null) => Fault(ToName, "must be later than from"),
            _ when from is null => Fault(FromName, "is needed beside to"),
            _ when to is null => Fault(ToName, "is needed beside from"),
            _ => FailureTime.Day,
        };

        FailureTime.Last Fault(string name, string message)
        {
            reader.Refuse(name, message);
            return FailureTime.Day;
        }
    }
}
