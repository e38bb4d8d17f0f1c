using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Storage.Faults;

/// <summary>What a node says of Redis when it starts, and how it stops.</summary>
public sealed class RedisStartTests : FaultTest
{
    private readonly RedisServer _redis = new([]);

    public override async ValueTask InitializeAsync() => await _redis.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_named_as_the_fault()
    {
        await _redis.KillAsync();

        var refused = await RefusedAsync();

        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Contains("Storage:Redis", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_is_never_answered_is_made_anew()
    {
        await using var link = new FaultyLink(_redis.Port) { Unanswered = 1 };

        var node = await StartNodeAsync(link.Address);

        Assert.Equal("accepted", await AnswerAsync(node, await node.IssueAsync()));
    }

    [Fact]
    public async Task Wrong_password_is_refused_and_not_shown()
    {
        await _redis.TellAsync("CONFIG", "SET", "requirepass", "the-right-one");

        var refused = await RefusedAsync($"{_redis.Address},password=not-the-right-one");

        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.DoesNotContain("not-the-right-one", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("password", refused.Message, StringComparison.Ordinal);
        await StartNodeAsync($"{_redis.Address},password=the-right-one");
    }

    [Fact]
    public async Task Server_that_forgets_keys_is_refused()
    {
        await _redis.TellAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

        Assert.Contains("maxmemory-policy noeviction", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appendonly", "no", 1011)]
    [InlineData("appendfsync", "everysec", 1012)]
    public async Task Server_that_may_lose_what_it_acknowledged_is_warned_of(string setting, string value, int expected)
    {
        await _redis.TellAsync("CONFIG", "SET", setting, value);

        Assert.Contains(expected, await WarningsAsync());
    }

    [Fact]
    public async Task Server_with_replicas_that_nobody_waits_for_is_warned_of()
    {
        await using var replica = new RedisServer("--replicaof", "127.0.0.1", $"{_redis.Port}");
        await replica.StartAsync();
        await Eventually.TrueAsync(async () => await _redis.TellAsync("WAIT", "1", "100") is ":1");

        Assert.Contains(1018, await WarningsAsync());
        Assert.DoesNotContain(1018, await WarningsAsync(("Storage:RedisReplicas", "1")));
    }

    [Fact]
    public async Task Server_that_keeps_everything_is_not_warned_of()
    {
        await _redis.TellAsync("CONFIG", "SET", "appendfsync", "always");

        Assert.Empty(await WarningsAsync());
    }

    [Fact]
    public async Task User_who_may_touch_nothing_but_the_keys_of_signet_is_enough()
    {
        await _redis.TellAsync(
            "ACL", "SETUSER", "default", "resetkeys", "resetchannels", "~{app}:*", "&{app}:*", "-@dangerous", "+info");
        await using var node = await CoreHost.StartAsync(
            Settings(_redis.Address, ("Storage:RedisPrefix", "app")),
            hosted: true,
            services => services.AddSingleton(TimeProvider.System));

        var token = await node.IssueAsync();
        await RevokeAsync(node, token);

        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(node, token));
    }

    [Fact]
    public async Task Node_stops_while_the_server_hangs()
    {
        await using var link = new FaultyLink(_redis.Port);
        var node = await CoreHost.StartAsync(
            Settings(link.Address), hosted: true, services => services.AddSingleton(TimeProvider.System));
        link.Stall();

        await node.DisposeAsync().AsTask().WaitAsync(Patience, TimeProvider.System, Stop);
    }

    private async Task<StartupException> RefusedAsync(string? address = null)
    {
        await using var node = CoreHost.Create(Settings(address ?? _redis.Address));
        return await Assert.ThrowsAsync<StartupException>(node.OpenAsync);
    }

    private async Task<IReadOnlyCollection<int>> WarningsAsync(params (string Name, string Value)[] more)
    {
        using var log = new WarningLog();
        await using var node = await CoreHost.StartAsync(
            Settings(_redis.Address, more), configure: services => services.AddLogging(logging => logging.AddProvider(log)));
        return log.Ids;
    }

    private sealed class WarningLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<int> Ids { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Ids.Enqueue(eventId.Id);
            }
        }

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
