using System.Globalization;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;

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
    private const string TimeFault = "must be a date and time such as 2026-01-15T09:30:00Z";
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
        List<FieldFault> found = [];
        faults = found;
        var filter = new RefusalFilter(Value(CodeName), Value(ClientName), Value(EndpointName), Value(AddressName), Value(SubjectName));
        return new FailureQuery(ReadTime(Value, found), filter);

        string? Value(string name)
        {
            var text = find(name) is { Length: > 0 } given ? given : null;
            if (text?.Length > Longest)
            {
                found.Add(new FieldFault(name, $"must be at most {Longest} characters"));
                return null;
            }

            return text;
        }
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(RangeName, Time is FailureTime.Last last && last != FailureTime.Day ? last.Name : null),
        new(FromName, Time is FailureTime.Between { From: var from } ? Iso(from) : null),
        new(ToName, Time is FailureTime.Between { To: var to } ? Iso(to) : null),
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

    private static FailureTime ReadTime(Func<string, string?> value, List<FieldFault> faults)
    {
        var (range, from, to) = (value(RangeName), Moment(FromName), Moment(ToName));
        if (value(FromName) is null && value(ToName) is null)
        {
            return range is null ? FailureTime.Day : FailureTime.Find(range) ?? Fault(RangeName, "must be 1h, 24h, 7d or 30d");
        }

        return (from, to) switch
        {
            _ when range is not null => Fault(RangeName, "is not needed beside from and to"),
            ({ } begin, { } end) when begin < end => new FailureTime.Between(begin, end),
            (not null, not null) => Fault(ToName, "must be later than from"),
            _ when value(FromName) is null => Fault(FromName, "is needed beside to"),
            _ when value(ToName) is null => Fault(ToName, "is needed beside from"),
            _ => FailureTime.Day,
        };

        FailureTime.Last Fault(string name, string message)
        {
            faults.Add(new FieldFault(name, message));
            return FailureTime.Day;
        }

        DateTimeOffset? Moment(string name)
        {
            if (value(name) is not { } text)
            {
                return null;
            }

            if (ReadMoment(text) is { } moment)
            {
                return moment;
            }

            faults.Add(new FieldFault(name, TimeFault));
            return null;
        }
    }

    private static DateTimeOffset? ReadMoment(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year is >= 1970 and < 9000
            ? time
            : null;

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
