namespace Dashboard.Core.Events;

/// <summary>An event as every store keeps it: the columns of a table, or the members of an object.</summary>
/// <remarks>Settable members: a report that was not asked for has no type that a constructor could match.</remarks>
internal sealed record EventRow
{
    public long Number { get; init; }

    public long At { get; init; }

    public string Kind { get; init; } = "";

    public string Outcome { get; init; } = "";

    public string? Code { get; init; }

    public string? Subject { get; init; }

    public string? Client { get; init; }

    public string? Agent { get; init; }

    public string? TokenId { get; init; }

    public string? Session { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    public string? Endpoint { get; init; }

    public string? RequestId { get; init; }

    public string? Detail { get; init; }

    public string? Report { get; init; }

    public static EventRow From(SecurityEvent item) => new()
    {
        Number = item.Number,
        At = item.At.ToUnixTimeMilliseconds(),
        Kind = item.Kind,
        Outcome = NameOf(item.Outcome),
        Code = item.Code,
        Subject = item.Subject,
        Client = item.Client,
        Agent = item.Agent,
        TokenId = item.TokenId,
        Session = item.Session,
        Ip = item.Origin.Ip,
        UserAgent = item.Origin.UserAgent,
        Endpoint = item.Origin.Endpoint,
        RequestId = item.Origin.RequestId,
        Detail = item.Detail,
        Report = item.Report,
    };

    public static string NameOf(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Succeeded => "succeeded",
        EventOutcome.Refused => "refused",
        EventOutcome.Alert => "alert",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    public SecurityEvent ToEvent() => new()
    {
        Number = Number,
        At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        Kind = Kind,
        Outcome = Enum.Parse<EventOutcome>(Outcome, ignoreCase: true),
        Code = Code,
        Subject = Subject,
        Client = Client,
        Agent = Agent,
        TokenId = TokenId,
        Session = Session,
        Origin = new RequestOrigin(RequestId, Ip, UserAgent, Endpoint),
        Detail = Detail,
        Report = Report,
    };
}
