using Dashboard.Controls;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.SignIn;

/// <summary>
/// Takes an open page away when its session ends, wherever that was decided, and keeps the session from becoming idle
/// while its person does something. Calls that pages make by themselves do not count.
/// </summary>
public sealed partial class SessionWatch(CircuitSession session, IChangeFeed feed, TimeProvider clock, IJSRuntime script)
    : IAsyncDisposable
{
    private const string Module = "./js/browser-proof.js";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>Called when the session waits for a confirmation.</summary>
    [Parameter, EditorRequired]
    public Action OnChallenged { get; set; } = null!;

    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private Task _waiting = Task.CompletedTask;
    private DotNetObjectReference<SessionWatch>? _self;
    private IJSObjectReference? _module;
    private bool _hasLeft;

    /// <summary>Called by the browser, seldom, after its person did something.</summary>
    [JSInvokable]
    public Task NoteActivityAsync() => session.TouchAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_following, _waiting);
        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // Subscribed before the first look: an end between the two would be missed otherwise.
        _following = FollowAsync();
        _waiting = WaitAsync();
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await script.InvokeAsync<IJSObjectReference>("import", _stop.Token, Module);
            await _module.InvokeVoidAsync("watchActivity", _stop.Token, _self);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The tab was closed.
        }
    }

    private Task FollowAsync() => UntilLeftAsync(async () =>
    {
        await foreach (var change in feed.ReadAsync(ChangeKind.Sessions, _stop.Token))
        {
            if (change.Id is null || change.Id == session.Name)
            {
                await InvokeAsync(LookAsync);
            }
        }
    });

    private Task WaitAsync() => UntilLeftAsync(async () =>
    {
        while (!_hasLeft)
        {
            var pause = LongestPause;
            await InvokeAsync(async () => pause = await LookAsync());
            await Task.Delay(pause, clock, _stop.Token);
        }
    });

    /// <summary>Leaves if the session is over; returns when to look again.</summary>
    private async Task<TimeSpan> LookAsync()
    {
        switch (await FindAsync())
        {
            case SessionLookup.Live { Session: var live }:
                var rest = session.EndsAt(live) - clock.GetUtcNow() + AfterLimit;
                return rest < LongestPause ? TimeSpan.FromTicks(Math.Max(rest.Ticks, AfterLimit.Ticks)) : LongestPause;
            case SessionLookup.Challenged:
                OnChallenged();
                break;
            case SessionLookup.Ended { Reason: var reason }:
                Leave(reason);
                break;
            case SessionLookup.Unknown:
                Leave(null);
                break;
        }

        return LongestPause;
    }

    // Where the store cannot be read, the authentication state decides when that has lasted too long.
    private async Task<SessionLookup?> FindAsync()
    {
        try
        {
            return await session.FindAsync(_stop.Token);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private void Leave(SessionEndReason? reason)
    {
        if (!_hasLeft)
        {
            _hasLeft = true;
            session.Leave(reason);
        }
    }

    private async Task UntilLeftAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
