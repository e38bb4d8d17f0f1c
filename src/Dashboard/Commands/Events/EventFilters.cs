using System.CommandLine;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;

namespace Dashboard.Commands.Events;

/// <summary>Which events: the filters of the API under the same names.</summary>
internal static class EventFilters
{
    private static readonly Option<string?> Kind = new("--kind") { Description = "What happened, such as token.refused." };
    private static readonly Option<string?> Outcome = new("--outcome") { Description = "How it ended: succeeded, refused or alert." };
    private static readonly Option<string?> TokenId = new("--jti") { Description = "Events of one token." };

    private static readonly Option<string?>[] Others =
    [
        new("--code") { Description = "The code of a refusal, such as TOKEN_EXPIRED." },
        new("--client") { Description = "Whose: a client's id." },
        new("--subject") { Description = "For whom a token speaks." },
        new("--address") { Description = "From where: the peer's address." },
        new("--endpoint") { Description = "What was asked for, such as \"POST /token\"." },
    ];

    private static readonly Option<string?>[] AllTimes =
    [
        new("--range") { Description = "The last 1h, 24h, 7d or 30d." },
        new("--from") { Description = "From when on, such as 2026-01-15T09:30:00Z; needs --to." },
        new("--to") { Description = "Up to when; needs --from." },
    ];

    static EventFilters() => Outcome.AcceptOnlyFromAmong("succeeded", "refused", "alert");

    /// <summary>What events are about.</summary>
    public static IEnumerable<Symbol> Symbols => [Kind, Outcome, TokenId, .. Others];

    /// <summary>When they happened; at any time where none is given.</summary>
    public static IEnumerable<Symbol> Times => AllTimes;

    /// <summary>What was typed; what is wrong with it is among the faults.</summary>
    public static EventFilter Read(ParseResult parsed, DateTimeOffset now, out IReadOnlyList<FieldFault> faults)
    {
        var query = FailureQuery.Read(
            name => Others.Concat(AllTimes).FirstOrDefault(option => option.Name == "--" + name) is { } option ? parsed.GetValue(option) : null,
            out faults);
        var filter = query.ToEvents(query.Time.At(now)) with
        {
            Kind = parsed.GetValue(Kind),
            TokenId = parsed.GetValue(TokenId),
            Outcome = Enum.TryParse<EventOutcome>(parsed.GetValue(Outcome), ignoreCase: true, out var outcome) ? outcome : null,
        };
        return Array.TrueForAll(AllTimes, option => parsed.GetValue(option) is null) ? filter with { From = null, Before = null } : filter;
    }
}
