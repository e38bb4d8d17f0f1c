using Dashboard.Hosting.Stats;

namespace Dashboard.Overview;

/// <summary>The health dot of the top bar. Looks again every so often, because a broken store tells nobody.</summary>
public sealed partial class HealthSummary(HealthReader reader, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _left = new();
    private Task _looking = Task.CompletedTask;
    private SystemHealth? _health;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _looking = LookAsync(_left.Token);
        }
    }

    private async Task LookAsync(CancellationToken left)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, clock);
            do
            {
                var health = await reader.ReadAsync(left);
                if (health.Text != _health?.Text)
                {
                    _health = health;
                    await InvokeAsync(StateHasChanged);
                }
            }
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The circuit ended.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _looking;
        _left.Dispose();
    }
}
