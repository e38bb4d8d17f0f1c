using System.Globalization;
using Dashboard.Controls;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Inspector;

/// <summary>Chooses what tokens are judged against. One line while closed, which says what holds.</summary>
public sealed partial class ContextPanel(BrowserTime browserTime, TimeProvider clock)
{
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm:ss";

    private static readonly IReadOnlyList<(bool Value, string Title)> Clocks = [(false, "Now"), (true, "A chosen time")];

    [Parameter, EditorRequired]
    public InspectContext Value { get; set; } = InspectContext.Default;

    [Parameter, EditorRequired]
    public EventCallback<InspectContext> ValueChanged { get; set; }

    /// <summary>The audience that holds where none is chosen.</summary>
    [Parameter, EditorRequired]
    public string DefaultAudience { get; set; } = "";

    /// <summary>The names of the configured protected resources.</summary>
    [Parameter]
    public IReadOnlyList<string> Resources { get; set; } = [];

    /// <summary>The scopes that the chosen resource or the typed text asks for.</summary>
    [Parameter]
    public IReadOnlyList<string> RequiredScopes { get; set; } = [];

    private string Summary => string.Join(" · ", new[]
    {
        $"audience {Value.Audience ?? DefaultAudience}",
        Value.Resource is { } resource ? $"resource {resource}"
            : RequiredScopes is [] ? "no scopes" : $"scopes {string.Join(' ', RequiredScopes)}",
        Value.Fingerprint is null ? null : "a fingerprint",
        Value.At is { } at ? $"at {browserTime.Format(at)}" : "now",
    }.OfType<string>().Select(VisibleText.Escape));

    private string ScopesHint => Value.Resource is null ? "All of them, separated by spaces." : "From the protected resource.";

    private string ZoneName => browserTime.Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : browserTime.Zone.Id;

    private string? LocalTime => Value.At is { } at
        ? TimeZoneInfo.ConvertTime(at, browserTime.Zone).ToString(LocalFormat, CultureInfo.InvariantCulture)
        : null;

    private static string? TextOf(ChangeEventArgs change) => change.Value is string text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private Task GiveAsync(InspectContext context) => ValueChanged.InvokeAsync(context);

    private Task ChooseClockAsync(bool isChosen) => GiveAsync(Value with { At = isChosen ? clock.GetUtcNow() : null });

    private Task ChooseTimeAsync(ChangeEventArgs change) =>
        DateTime.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var local) && local.Year is >= 1970 and < 9999
            ? GiveAsync(Value with { At = new DateTimeOffset(local, browserTime.Zone.GetUtcOffset(local)) })
            : Task.CompletedTask;
}
