using System.CommandLine;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;

namespace Dashboard.Commands.Events;

/// <summary>Which events: the filters of the API's list of failures under the same names, and what is no refusal.</summary>
internal static class EventFilters
{
    private const string Kind = "kind";
    private const string Outcome = "outcome";
    private const string TokenId = "jti";

    private static readonly string[] Times = ["range", "from", "to"];

    private static readonly Option[] Matters =
    [
        FilterOptions.Text(Kind, "What happened, such as token.refused."),
        FilterOptions.Choice(Outcome, "How it ended: succeeded, refused or alert.", "succeeded", "refused", "alert"),
        FilterOptions.Text(TokenId, "Events of one token."),
        FilterOptions.Text("code", "The code of a refusal, such as TOKEN_EXPIRED."),
        FilterOptions.Text("client", "Whose: a client's id."),
        FilterOptions.Text("subject", "For whom a token speaks."),
        FilterOptions.Text("address", "From where: the peer's address."),
        FilterOptions.Text("endpoint", "What was asked for, such as \"POST /token\"."),
    ];

    /// <summary>What events are about, and when they happened: at any time where none is given.</summary>
    public static readonly FilterOptions Options = new(
    [
        .. Matters,
        FilterOptions.Text("range", "The last 1h, 24h, 7d or 30d."),
        FilterOptions.Text("from", "From when on, such as 2026-01-15T09:30:00Z; needs --to."),
        FilterOptions.Text("to", "Up to when; needs --from."),
    ]);

    /// <summary>What events are about, for whoever waits for those that come.</summary>
    public static IEnumerable<Symbol> OfTail => Matters;

    /// <summary>What was typed; what is wrong with it is among the faults.</summary>
    public static EventFilter Read(ParseResult parsed, DateTimeOffset now, out IReadOnlyList<FieldFault> faults)
    {
        var query = FailureQuery.Read(name => Options.Find(parsed, name), out faults);
        var filter = query.ToEvents(query.Time.At(now)) with
        {
            Kind = Options.Find(parsed, Kind),
            TokenId = Options.Find(parsed, TokenId),
            Outcome = Enum.TryParse<EventOutcome>(Options.Find(parsed, Outcome), ignoreCase: true, out var outcome) ? outcome : null,
        };
        return Array.TrueForAll(Times, name => Options.Find(parsed, name) is null) ? filter with { From = null, Before = null } : filter;
    }
}
