using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Agents;

/// <summary>Every agent and every agent key. What is listed stands in the address.</summary>
public sealed partial class AgentsPage(
    AgentDirectory agents, AgentKeys agentKeys, CurrentOperator current, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    private const int PageSize = 50;
    private const string AgentsTab = "agents";
    private const string KeysTab = "keys";

    private static readonly IReadOnlyList<TabItem> TabItems = [new(AgentsTab, "Agents"), new(KeysTab, "Agent keys")];
    private static readonly IReadOnlyList<(bool? Value, string Title)> Statuses = [(null, "All"), (true, "Alive"), (false, "Silent")];

    // An agent that falls silent changes nothing that anybody could be told of.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _left = new();
    private readonly PageTrail _trail = new();
    private AgentsAddress _address = AgentsAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private AgentsAddress _shown = AgentsAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private Page<Agent>? _page;
    private IReadOnlyList<AgentKey>? _keys;
    private IReadOnlyDictionary<string, Agent> _holders = new Dictionary<string, Agent>(StringComparer.Ordinal);
    private DateTimeOffset _aliveSince;
    private bool _mayManage;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    protected override Task OnParametersSetAsync()
    {
        var address = AgentsAddress.Read(navigation.Uri, out _faults);
        if (address.Query != _address.Query)
        {
            _trail.Clear();
        }

        _address = address;
        _trail.Add(address.Position);
        return LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nobody would ever leave that page.
        if (firstRender)
        {
            _ = KeepLookingAsync();
        }
    }

    private async Task KeepLookingAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(LookAgain, clock);
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task LoadAsync()
    {
        // A slow answer to an older filter must not replace the answer to a newer one.
        var (load, address) = (++_newestLoad, _address);
        var page = await agents.ListAsync(
            address.ShowsKeys ? new AgentFilter() : address.Query.ToFilter(),
            address.ShowsKeys ? null : address.Position.Cursor,
            address.ShowsKeys ? int.MaxValue : PageSize,
            _left.Token);
        var keys = address.ShowsKeys ? await agentKeys.ListAsync(_left.Token) : null;
        var mayManage = await current.MayAsync(Right.ManageAgents);
        if (load != _newestLoad)
        {
            return;
        }

        (_shown, _aliveSince, _mayManage) = (address, agents.AliveSince, mayManage);
        if (keys is null)
        {
            _page = page;
        }
        else
        {
            (_keys, _holders) = (keys, page.Items.ToDictionary(agent => agent.KeyId, StringComparer.Ordinal));
        }
    }

    private void Select(string tab) => navigation.NavigateTo(tab is KeysTab ? AgentsAddress.Keys : AgentsAddress.Path);

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(AgentQuery query) => navigation.NavigateTo(
        AgentsAddress.Of(query),
        replace: _address.Query.Text is not null && query.Text is not null && query == _address.Query with { Text = query.Text });

    private void Next() => Go(_shown.Position.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
