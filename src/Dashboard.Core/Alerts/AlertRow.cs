using System.Globalization;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts;

/// <summary>An alert as every store keeps it: the columns of a table, or the members of an object. Times are in milliseconds.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Number">Grows with every opening.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Severity">1 for a warning, 2 for what is critical.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What it means.</param>
/// <param name="Href">Where something can be done.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="LastAt">Until when, so far.</param>
/// <param name="Count">How often.</param>
/// <param name="State">0 while open, 1 once acknowledged, 2 when it is over: in this order they are listed.</param>
/// <param name="IsMuted">1 while nobody wants to hear of it.</param>
/// <param name="AcknowledgedAt">When somebody took it on.</param>
/// <param name="AcknowledgedBy">Who.</param>
/// <param name="AcknowledgedWhy">What they said.</param>
/// <param name="ResolvedAt">When it was over.</param>
internal sealed record AlertRow(
    string Id,
    long Number,
    string Kind,
    string Key,
    long Severity,
    string Title,
    string Detail,
    string Href,
    long OpenedAt,
    long LastAt,
    long Count,
    long State,
    long IsMuted,
    long? AcknowledgedAt,
    string? AcknowledgedBy,
    string? AcknowledgedWhy,
    long? ResolvedAt)
{
    private const string IdPrefix = "alert_";

    /// <summary>The row of one that opens now; its number and whether it is muted are for the store to say.</summary>
    public static AlertRow Of(AlertDraft draft, DateTimeOffset now)
    {
        var at = (draft.At ?? now).ToUnixTimeMilliseconds();
        return new AlertRow(
            IdPrefix + Identifiers.NewId(),
            0,
            draft.Kind,
            draft.Key,
            (long)draft.Severity,
            draft.Title,
            draft.Detail,
            draft.Href,
            at,
            at,
            Math.Max(draft.Times, 1),
            (long)AlertState.Open,
            0,
            null,
            null,
            null,
            null);
    }

    /// <summary>This open one, after the same was found again.</summary>
    public AlertRow With(AlertRow again, long times) => this with
    {
        Severity = Math.Max(Severity, again.Severity),
        Title = again.Title,
        Detail = again.Detail,
        Href = again.Href,
        LastAt = Math.Max(LastAt, again.LastAt),
        Count = Count + times,
    };

    public Alert ToAlert() => new()
    {
        Id = Id,
        Number = Number,
        Kind = Kind,
        Key = Key,
        Severity = (AlertSeverity)Severity,
        Title = Title,
        Detail = Detail,
        Href = Href,
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
        LastAt = DateTimeOffset.FromUnixTimeMilliseconds(LastAt),
        Count = Count,
        IsMuted = IsMuted != 0,
        AcknowledgedAt = TimeOf(AcknowledgedAt),
        AcknowledgedBy = AcknowledgedBy,
        AcknowledgedWhy = AcknowledgedWhy,
        ResolvedAt = TimeOf(ResolvedAt),
    };

    private static DateTimeOffset? TimeOf(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}

/// <summary>A mute as every store keeps it.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Key">About what; empty for all of the kind.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Reason">Why.</param>
/// <param name="MutedBy">Who.</param>
/// <param name="MutedAt">Since when.</param>
internal sealed record AlertMuteRow(string Kind, string Key, long Until, string Reason, string MutedBy, long MutedAt)
{
    public static AlertMuteRow Of(AlertMute mute) => new(
        mute.Kind, mute.Key ?? "", mute.Until.ToUnixTimeMilliseconds(), mute.Reason, mute.By, mute.At.ToUnixTimeMilliseconds());

    public AlertMute ToMute() => new(
        Kind,
        Key is "" ? null : Key,
        DateTimeOffset.FromUnixTimeMilliseconds(Until),
        Reason,
        MutedBy,
        DateTimeOffset.FromUnixTimeMilliseconds(MutedAt));
}

/// <summary>Where a page of alerts ends: how far its last one is, and its number. Written as every cursor is.</summary>
internal readonly record struct AlertCursor(long State, long Number)
{
    /// <summary>Before the first of all.</summary>
    public static readonly AlertCursor Start = new(0, long.MaxValue);

    public static AlertCursor Parse(string? text) =>
        PageCursor.Parse(text) is { Number: { } state } cursor
            ? new AlertCursor(state, cursor.At.ToUnixTimeMilliseconds())
            : Start;

    public override string ToString() =>
        new PageCursor(DateTimeOffset.FromUnixTimeMilliseconds(Number), State.ToString(CultureInfo.InvariantCulture)).ToString();
}
