using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Live;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Controls;

public sealed class LiveRefreshTests : BunitContext
{
    private readonly InProcessChangeFeed _feed = new();
    private readonly ManualClock _clock = new();
    private int _calls;

    public LiveRefreshTests() => Services.AddSingleton<IChangeFeed>(_feed).AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task Change_of_its_kind_calls_back_and_others_do_not()
    {
        Listen();

        _feed.Publish(new Change(ChangeKind.Keys, null));
        _feed.Publish(new Change(ChangeKind.Tokens, "a"));

        await Eventually.TrueAsync(() => _calls == 1);
    }

    [Fact]
    public async Task Burst_is_one_call_now_and_few_after_the_pause()
    {
        Listen();
        _feed.Publish(new Change(ChangeKind.Tokens, "first"));
        await Eventually.TrueAsync(() => (_calls, _clock.WaitingTimers) == (1, 1));

        for (var number = 0; number < 40; number++)
        {
            _feed.Publish(new Change(ChangeKind.Tokens, "more"));
        }

        // The reader may still be taking in the last of the burst when the pause ends: then those are one call more.
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return _calls >= 2 && _clock.WaitingTimers == 0;
        });
        Assert.InRange(_calls, 2, 3);
    }

    [Fact]
    public async Task At_once_calls_back_before_any_change()
    {
        Listen(atOnce: true);

        await Eventually.TrueAsync(() => _calls == 1);
    }

    [Fact]
    public async Task Several_kinds_are_one_call_at_a_time()
    {
        var answer = new TaskCompletionSource();
        Render<LiveRefresh>(parameters => parameters
            .Add(live => live.Kind, ChangeKind.Tokens)
            .Add(live => live.Also, [ChangeKind.Events])
            .Add(live => live.OnChange, () =>
            {
                Interlocked.Increment(ref _calls);
                return answer.Task;
            }));

        _feed.Publish(new Change(ChangeKind.Events, null));
        await Eventually.TrueAsync(() => _calls == 1);
        _feed.Publish(new Change(ChangeKind.Tokens, null));
        Assert.Equal(0, _clock.WaitingTimers);
        answer.SetResult();

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return _calls == 2;
        });
    }

    [Fact]
    public async Task What_changes_while_it_waits_is_seen_by_the_same_call()
    {
        Render<LiveRefresh>(parameters => parameters
            .Add(live => live.Kind, ChangeKind.Tokens)
            .Add(live => live.Also, [ChangeKind.Events])
            .Add(live => live.Wait, TimeSpan.FromSeconds(1))
            .Add(live => live.OnChange, () => { Interlocked.Increment(ref _calls); }));

        _feed.Publish(new Change(ChangeKind.Tokens, null));
        _feed.Publish(new Change(ChangeKind.Events, null));
        await Eventually.TrueAsync(() => _clock.WaitingTimers == 1);
        Assert.Equal(0, _calls);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => (_calls, _clock.WaitingTimers) == (1, 1));
    }

    [Fact]
    public async Task Leaving_ends_the_subscription()
    {
        Listen();
        Assert.Equal(1, _feed.ReaderCount);

        await DisposeComponentsAsync();

        Assert.Equal(0, _feed.ReaderCount);
    }

    private IRenderedComponent<LiveRefresh> Listen(bool atOnce = false) => Render<LiveRefresh>(parameters => parameters
        .Add(live => live.Kind, ChangeKind.Tokens)
        .Add(live => live.OnChange, () => { Interlocked.Increment(ref _calls); })
        .Add(live => live.AtOnce, atOnce));
}
