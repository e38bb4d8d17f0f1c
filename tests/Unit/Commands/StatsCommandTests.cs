using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The sum of everything from the command line.</summary>
public sealed class StatsCommandTests
{
    [Fact]
    public async Task Everything_is_summed_up()
    {
        await using var runner = await CommandRunner.StartAsync(
            hosted: true, configure: services => services.AddSingleton(TimeProvider.System));
        await runner.Host.IssueAsync();
        await runner.Host.IssueAsync(TokenBuilder.Request(TokenKind.Minted));
        runner.Host.Get<EventLog>().Record(new SecurityEvent
        {
            At = TimeProvider.System.GetUtcNow(),
            Kind = EventKinds.TokenRefused,
            Outcome = EventOutcome.Refused,
            Code = "TOKEN_EXPIRED",
        });
        await Eventually.TrueAsync(async () => (await runner.ReadAsync("stats")).GetProperty("refused").GetProperty("count").GetInt64() is 1);

        var stats = await runner.ReadAsync("stats");
        Assert.Equal(0, await runner.RunAsync("stats"));
        var text = runner.Answer();

        Assert.Equal(2, stats.GetProperty("live_tokens").GetProperty("count").GetInt64());
        Assert.Equal(2, stats.GetProperty("issued").GetProperty("count").GetInt64());
        Assert.Equal(2, stats.GetProperty("tokens").GetProperty("live").GetProperty("count").GetInt64());
        Assert.Equal(
            ["access", "minted"], stats.GetProperty("live_tokens_by_kind").EnumerateObject().Select(kind => kind.Name));
        Assert.Equal(1, stats.GetProperty("keys").GetProperty("current").GetInt32());
        Assert.Equal(0, stats.GetProperty("clients").GetProperty("good").GetProperty("count").GetInt64());
        Assert.Equal(1, stats.GetProperty("refused_last_hour").GetInt64());
        Assert.Equal("TOKEN_EXPIRED", stats.GetProperty("refused_by_code")[0].GetProperty("code").GetString());
        Assert.Equal(StoreKinds.Default["Storage:Kind"], stats.GetProperty("store").GetProperty("kind").GetString());
        Assert.DoesNotContain(stats.GetProperty("health").EnumerateArray(), part => part.GetProperty("name").GetString() is "event_queue");
        Assert.Contains("1 current", text, StringComparison.Ordinal);
        Assert.Contains("1 TOKEN_EXPIRED", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "'now'", "stats", "now")]
    [InlineData(3, "no ", "stats", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task Without_a_store_there_is_nothing_to_sum_up(int code, string fault, params string[] arguments)
    {
        await using var runner = await CommandRunner.StartAsync();

        Assert.Equal(code, await runner.RunAsync(arguments));

        Assert.Contains(fault, runner.Said, StringComparison.Ordinal);
        Assert.Equal("", runner.Answer());
    }
}
