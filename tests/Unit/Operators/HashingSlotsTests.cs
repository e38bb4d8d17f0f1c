using Dashboard.Core.Operators.Passwords;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Operators;

/// <summary>Who gets to hash a password, and when.</summary>
public sealed class HashingSlotsTests : IDisposable
{
    private readonly HashingSlots _slots = new(Options.Create(new PasswordOptions { Concurrency = 1, Queue = 2 }));
    private readonly ManualResetEventSlim _gate = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _slots.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task Strangers_beyond_the_queue_are_turned_away_and_known_devices_are_not()
    {
        var running = Enumerable.Range(0, 3).Select(_ => RunAsync(HashingLane.Strangers)).ToList();
        Assert.True(_slots.IsFull(HashingLane.Strangers));

        Assert.Equal((false, 0), await _slots.TryRunAsync(HashingLane.Strangers, () => 1, Stop));
        Assert.False(_slots.IsFull(HashingLane.Known));
        Assert.Equal((true, 1), await _slots.TryRunAsync(HashingLane.Known, () => 1, Stop));

        _gate.Set();
        Assert.All(await Task.WhenAll(running), outcome => Assert.Equal((true, 7), outcome));
        Assert.Equal((true, 1), await _slots.TryRunAsync(HashingLane.Strangers, () => 1, Stop));
    }

    [Fact]
    public async Task Whoever_leaves_the_queue_makes_room()
    {
        var running = RunAsync(HashingLane.Strangers);
        using var left = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 2).Select(_ => _slots.TryRunAsync(HashingLane.Strangers, () => 1, left.Token)).ToList();
        Assert.True(_slots.IsFull(HashingLane.Strangers));

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));

        Assert.False(_slots.IsFull(HashingLane.Strangers));
        _gate.Set();
        await running;
    }

    [Fact]
    public async Task Hashing_keeps_no_thread_of_the_pool() =>
        Assert.Equal((true, false), await _slots.TryRunAsync(HashingLane.Known, () => Thread.CurrentThread.IsThreadPoolThread, Stop));

    private Task<(bool Ran, int Result)> RunAsync(HashingLane lane) => _slots.TryRunAsync(
        lane,
        () =>
        {
            _gate.Wait(Stop);
            return 7;
        },
        Stop);
}
