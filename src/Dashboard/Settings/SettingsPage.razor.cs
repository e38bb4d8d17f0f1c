using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Posture;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Settings;

/// <summary>Posture, configuration, scopes, retention and nodes. The tab and what is searched stand in the address.</summary>
public sealed partial class SettingsPage(
    SettingsSources sources, SettingsExporter exporter, CurrentOperator current, NavigationManager navigation, TimeProvider clock)
    : IDisposable
{
    private static readonly IReadOnlyList<TabItem> TabItems =
    [
        new(SettingsAddress.Posture, "Posture"),
        new(SettingsAddress.Configuration, "Configuration"),
        new(SettingsAddress.Scopes, "Scopes"),
        new(SettingsAddress.Retention, "Retention"),
        new(SettingsAddress.Nodes, "Nodes and storage"),
    ];

    // Many changes come at once; people read once.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _left = new();
    private SettingsAddress _address = new(SettingsAddress.Posture);
    private PostureReport? _report;
    private IReadOnlyList<EffectiveSetting>? _settings;
    private IReadOnlyList<RetentionRow>? _retention;
    private DateTimeOffset? _purgedAt;
    private NodeReport? _nodes;
    private ScopeReport? _scopes;
    private ScopeTrial? _trial;
    private string? _who;
    private bool _mayEdit;
    private bool _storeFailed;
    private bool _isLooking;
    private bool _isWaiting;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <inheritdoc cref="Tab"/>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <inheritdoc cref="Tab"/>
    [SupplyParameterFromQuery]
    public string? Changed { get; set; }

    /// <inheritdoc cref="Tab"/>
    [SupplyParameterFromQuery]
    public string? Held { get; set; }

    protected override Task OnParametersSetAsync()
    {
        var before = _address;
        _address = SettingsAddress.Read(navigation.Uri);

        // Searching in what is there needs no store.
        return _settings is not null && _address.Tab is SettingsAddress.Configuration && before.Tab == _address.Tab && before != _address
            ? Task.CompletedTask
            : LoadAsync(isAnew: false);
    }

    // Changes during the pause are seen by the one load after it.
    private async Task RefreshAsync()
    {
        if (_isWaiting)
        {
            return;
        }

        _isWaiting = true;
        try
        {
            await Task.Delay(Pause, clock, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _isWaiting = false;
        }

        await LoadAsync(isAnew: false);
    }

    private async Task LoadAsync(bool isAnew)
    {
        var load = ++_newestLoad;
        _isLooking = isAnew;
        try
        {
            var who = await current.FindAsync(Right.ReadSettings);
            var mayEdit = await current.MayAsync(Right.ManageClients);
            var show = await ReadAsync(_address.Tab, isAnew);
            if (load != _newestLoad)
            {
                return;
            }

            (_who, _mayEdit, _storeFailed) = (who?.Name, mayEdit, false);
            show();
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _isLooking &= load != _newestLoad;
        }

        StateHasChanged();
    }

    // Only what the tab shows. Taken over by whoever called, so that a slow answer does not replace a newer one.
    private async Task<Action> ReadAsync(string tab, bool isAnew)
    {
        switch (tab)
        {
            case SettingsAddress.Configuration:
                var settings = sources.Settings.Read();
                return () => _settings = settings;
            case SettingsAddress.Scopes:
                var (scopes, trial) = (sources.Scopes.Read(), _address.Held is "" ? null : sources.Scopes.Try(_address.Held));
                return () => (_scopes, _trial) = (scopes, trial);
            case SettingsAddress.Retention:
                var last = await sources.Purge.FindLastRunAsync(_left.Token);
                var rows = RetentionRow.Of(sources.Purge, last, sources.Settings.Read());
                return () => (_retention, _purgedAt) = (rows, last?.At);
            case SettingsAddress.Nodes:
                var nodes = await sources.Nodes.ReadAsync(_left.Token);
                return () => _nodes = nodes;
            default:
                var report = await sources.Posture.ReadAsync(isAnew, _left.Token);
                return () => _report = report;
        }
    }

    private void Select(string tab) => navigation.NavigateTo(new SettingsAddress(tab).ToString());

    // One step for Back, whatever was typed.
    private void Try(string held) => navigation.NavigateTo(
        new SettingsAddress(SettingsAddress.Scopes, Held: held).ToString(), replace: _address.Held is not "" && held is not "");

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(SettingsAddress address) => navigation.NavigateTo(
        address.ToString(), replace: _address.Text is not "" && address.Text is not "" && _address with { Text = address.Text } == address);

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
