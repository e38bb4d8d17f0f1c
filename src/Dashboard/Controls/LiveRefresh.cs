using System.Threading.Channels;
using Dashboard.Core.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>
/// Calls back on this circuit whenever data of some kinds changed; a burst becomes one call, and never two run at once.
/// Renders nothing. The callback loads again: a change says that something is different, never what.
/// </summary>
public sealed class LiveRefresh(IChangeFeed feed, TimeProvider clock) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();

    // One place: changes that arrive during a call or its pause are one more call, however many they are.
    private readonly Channel<bool> _pending = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Task _running = Task.CompletedTask;

    [Parameter, EditorRequired]
    public ChangeKind Kind { get; set; }

    /// <summary>Further kinds that mean the same to whoever listens. Read once, at the first render.</summary>
    [Parameter]
    public IReadOnlyList<ChangeKind> Also { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    /// <summary>
    /// Calls back once as soon as it listens: for what goes on by itself and may have ended between the page's own load and
    /// the first change heard.
    /// </summary>
    [Parameter]
    public bool AtOnce { get; set; }

    /// <summary>How long it waits before it calls: for whoever would rather see several changes at once than each.</summary>
    [Parameter]
    public TimeSpan Wait { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nobody would ever dispose of that subscription's circuit.
        if (firstRender)
        {
            if (AtOnce)
            {
                _pending.Writer.TryWrite(true);
            }

            _running = Task.WhenAll(
            [
                .. Also.Prepend(Kind).Select(kind => GuardAsync(ReadAsync(kind, _stop.Token))),
                GuardAsync(CallAsync(_stop.Token)),
            ]);
        }
    }

    private async Task ReadAsync(ChangeKind kind, CancellationToken stop)
    {
        await foreach (var _ in feed.ReadAsync(kind, stop))
        {
            _pending.Writer.TryWrite(true);
        }
    }

    private async Task CallAsync(CancellationToken stop)
    {
        while (await _pending.Reader.WaitToReadAsync(stop))
        {
            if (Wait > TimeSpan.Zero)
            {
                await Task.Delay(Wait, clock, stop);
            }

            _pending.Reader.TryRead(out _);
            await InvokeAsync(OnChange.InvokeAsync);
            await Task.Delay(MinimumPause, clock, stop);
        }
    }

    private async Task GuardAsync(Task work)
    {
        try
        {
            await work;
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

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
