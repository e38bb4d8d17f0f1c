using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Queries;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Hosting.Audit;

/// <summary>The filter of the audit page and of the API as text: the same names and values in the address of both.</summary>
public static class AuditQuery
{
    private const string Operator = "operator";
    private const string Action = "action";
    private const string Object = "object";
    private const string Kind = "kind";
    private const string Reason = "q";
    private const string From = "from";
    private const string Before = "before";

    private const int Longest = 1_024;

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(Operator, "Who did it."),
        new(Action, "What was done, such as token.revoked."),
        new(Object, "The id of what it was done to."),
        new(Kind, "The kind of what it was done to."),
        new(Reason, "A part of the reason."),
        new(From, "Then or later.") { Kind = ApiValueKind.Time },
        new(Before, "Before then.") { Kind = ApiValueKind.Time },
    ];

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null or nothing.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static AuditFilter Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        var reader = new QueryReader(find, Longest);
        faults = reader.Faults;
        return new AuditFilter(
            reader.Text(Operator),
            reader.Text(Action),
            reader.Text(Object),
            reader.Text(Kind),
            reader.Text(Reason),
            reader.Time(From),
            reader.Time(Before));
    }

    /// <summary>The names and texts of a filter, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Write(AuditFilter filter) =>
    [
        new(Operator, filter.Operator),
        new(Action, filter.Action),
        new(Object, filter.ObjectId),
        new(Kind, filter.ObjectKind),
        new(Reason, filter.Reason),
        new(From, QueryTime.Write(filter.From)),
        new(Before, QueryTime.Write(filter.Before)),
    ];

    /// <summary>The query of a filter with its question mark; empty where nothing is filtered.</summary>
    public static string QueryOf(AuditFilter filter) => QueryHelpers.AddQueryString("", Write(filter));
}
