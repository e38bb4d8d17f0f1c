using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Alerts;

/// <summary>Every alert, rule and mute. What is listed stands in the address.</summary>
public sealed partial class AlertsPage(
    AlertBook book, AlertRules alertRules, IOptions<AlertOptions> options, CurrentOperator current, NavigationManager navigation)
    : IDisposable
{
    private const int PageSize = 50;

    private static readonly IReadOnlyList<TabItem> TabItems =
    [
        new(AlertsAddress.KeyOf(AlertsTab.Alerts), "Alerts"),
        new(AlertsAddress.KeyOf(AlertsTab.Rules), "Rules"),
        new(AlertsAddress.KeyOf(AlertsTab.Mutes), "Mutes"),
    ];

    private static readonly IReadOnlyList<(AlertState? Value, string Title)> States =
    [
        (null, "All"),
        (AlertState.Open, AlertWords.TitleOf(AlertState.Open)),
        (AlertState.Acknowledged, AlertWords.TitleOf(AlertState.Acknowledged)),
        (AlertState.Resolved, AlertWords.TitleOf(AlertState.Resolved)),
    ];

    private readonly CancellationTokenSource _left = new();
    private readonly PageTrail _trail = new();
    private AlertsAddress _address = AlertsAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private AlertsAddress _shown = AlertsAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private Page<Alert>? _page;
    private IReadOnlyList<AlertRule>? _rules;
    private IReadOnlyList<AlertMute>? _mutes;
    private bool _mayManage;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    protected override Task OnParametersSetAsync()
    {
        var address = AlertsAddress.Read(navigation.Uri, out _faults);
        if (address.Query != _address.Query)
        {
            _trail.Clear();
        }

        _address = address;
        _trail.Add(address.Position);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        // A slow answer to an older filter must not replace the answer to a newer one.
        var (load, address) = (++_newestLoad, _address);
        var rules = await alertRules.ListAsync(_left.Token);
        var page = address.Tab is AlertsTab.Alerts
            ? await book.ListAsync(address.Query.ToFilter(), address.Position.Cursor, PageSize, _left.Token)
            : null;
        var mutes = address.Tab is AlertsTab.Mutes ? await book.ReadMutesAsync(_left.Token) : null;
        var mayManage = await current.MayAsync(Right.ManageAlerts);
        if (load == _newestLoad)
        {
            (_shown, _rules, _page, _mutes, _mayManage) = (address, rules, page ?? _page, mutes ?? _mutes, mayManage);
        }
    }

    private void Select(string tab) => navigation.NavigateTo(AlertsAddress.Of(
        Enum.GetValues<AlertsTab>().First(item => AlertsAddress.KeyOf(item) == tab)));

    private void Show(AlertQuery query) => navigation.NavigateTo(AlertsAddress.Of(query));

    private void ChooseKind(ChangeEventArgs change) =>
        Show(_address.Query with { Kind = change.Value is string { Length: > 0 } kind ? kind : null });

    private void Next() => Go(_shown.Position.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
