using System.Net;
using Dashboard.Bearer;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>An API and what it sees of Signet.</summary>
public abstract class BearerTest : IAsyncLifetime
{
    private protected const HttpStatusCode Ok = HttpStatusCode.OK;

    private BearerApi? _api;

    protected BearerTest() => Signet = new FakeSignet(Clock);

    private protected ManualClock Clock { get; } = new();

    private protected FakeSignet Signet { get; }

    private protected BearerApi Api => _api!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        Signet.Dispose();
    }

    private protected async Task StartAsync(Action<SignetBearerOptions>? configure = null) =>
        _api = await BearerApi.StartAsync(Signet, Clock, configure);

    /// <summary>Moves time on to the next question, and waits until its answer is known.</summary>
    private protected async Task HearAsync()
    {
        await WaitForRestAsync();
        var before = Signet.Questions;
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => Signet.Questions > before);
        await WaitForRestAsync();
    }

    // One timer is that of the reports, which is always there.
    private protected Task WaitForRestAsync() => Eventually.TrueAsync(() => Clock.WaitingTimers == 2);
}
