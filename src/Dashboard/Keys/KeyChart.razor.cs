using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Keys;

/// <summary>The chart over the lives of the keys.</summary>
public sealed partial class KeyChart(KeyPlan plan, BrowserTime time, TimeProvider clock)
{
    private static readonly IReadOnlyList<(KeyRange Value, string Title)> Ranges =
    [
        (KeyRange.Month, "30 days"), (KeyRange.Quarter, "90 days"), (KeyRange.Year, "1 year"), (KeyRange.All, "All"),
    ];

    private static readonly TimeSpan Hourly = TimeSpan.FromDays(4);

    private KeyTimeline _timeline = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<SigningKey> Keys { get; set; } = [];

    [Parameter]
    public string? RangeName { get; set; }

    /// <summary>Called with the address of the page over the time that was chosen.</summary>
    [Parameter]
    public EventCallback<string> OnRangeChange { get; set; }

    private KeyRange Range => KeyRanges.Parse(RangeName);

    private EventCallback<KeyRange> OnRange => EventCallback.Factory.Create<KeyRange>(
        this, range => OnRangeChange.InvokeAsync(KeysAddress.Of(range)));

    protected override void OnParametersSet() => _timeline = new KeyTimeline(Keys, plan, Range, clock.GetUtcNow());

    private static string ClassOf(KeySpan span) => ClassOf(span.State) + (span.IsPlanned ? " planned" : "");

    private static string ClassOf(KeyState state) => "span " + state.ToString().ToLowerInvariant();

    private static int TopOf(KeySpan span) => TopOf(span.State);

    private static int HeightOf(KeySpan span) => HeightOf(span.State);

    // Told apart by how high they are, not by their colour alone.
    private static int TopOf(KeyState state) => (20 - HeightOf(state)) / 2;

    private static int HeightOf(KeyState state) => state switch
    {
        KeyState.Current => 14,
        KeyState.Next or KeyState.Previous => 8,
        _ => 4,
    };

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private string DescriptionOf(KeyLane lane) =>
        $"{lane.Key.Algorithm} key {lane.Key.KeyId}{(lane.Key.Issuer is { } issuer ? ", " + OriginOf(issuer) : "")}: {string.Join("; ", lane.Spans.Select(TitleOf))}";

    private static string OriginOf(string issuer) => $"taken over from {VisibleText.Escape(issuer)}";

    private string TitleOf(KeySpan span) => span.IsPlanned
        ? $"signs from {DayOf(span.Until)}, when keys are rotated"
        : $"{span.State.ToString().ToLowerInvariant()} from {DayOf(span.From)} to {DayOf(span.Until)}";

    // Within days the hour tells them apart.
    private string TickOf(DateTimeOffset moment) =>
        _timeline.Until - _timeline.From < Hourly ? Format(moment, "d MMM, HH:mm") : DayOf(moment);

    private string DayOf(DateTimeOffset moment) => Format(moment, "d MMM yyyy");

    private string Format(DateTimeOffset moment, string format) =>
        TimeZoneInfo.ConvertTime(moment, time.Zone).ToString(format, CultureInfo.InvariantCulture);
}
