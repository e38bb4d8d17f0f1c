using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Events;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Agents;

/// <summary>One agent: what it says of itself, its key, and what happened to it.</summary>
public sealed partial class AgentPage(AgentSources sources, AgentActs acts, CurrentOperator current, TimeProvider clock) : IDisposable
{
    private const int Latest = 15;

    // An agent that falls silent changes nothing that anybody could be told of.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _left = new();
    private Agent? _agent;
    private AgentKey? _key;
    private AgentKeyStanding? _keyStanding;
    private IReadOnlyList<SecurityEvent>? _events;
    private DateTimeOffset _aliveSince;
    private string? _loadedId;
    private bool _isLoaded;
    private bool _mayManage;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    protected override Task OnParametersSetAsync()
    {
        if (Id == _loadedId)
        {
            return Task.CompletedTask;
        }

        (_loadedId, _agent, _events, _isLoaded) = (Id, null, null, false);
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
        var (load, id) = (++_newestLoad, Id);
        var agent = await sources.Agents.ReadAsync(id, _left.Token);
        var events = await sources.Events.ListAsync(new EventFilter(Agent: id), null, Latest, _left.Token);
        var mayManage = await current.MayAsync(Right.ManageAgents);
        if (load != _newestLoad)
        {
            return;
        }

        (_agent, _events, _mayManage, _isLoaded) = (agent, events.Items, mayManage, true);
        (_key, _aliveSince) = (sources.Keys.Find(agent?.KeyId), sources.Agents.AliveSince);
        _keyStanding = _key?.StandingAt(clock.GetUtcNow());
    }

    private async Task RemoveAsync()
    {
        await acts.RemoveAsync(_agent!, _left.Token);
        await LoadAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}

/// <summary>Where the page of an agent reads from.</summary>
public sealed record AgentSources(AgentDirectory Agents, AgentKeyDirectory Keys, EventLog Events);
