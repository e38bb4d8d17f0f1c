using System.CommandLine;
using System.Text;
using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Commands.Events;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>What happened, from the command line, beside a server where it goes on happening.</summary>
public sealed class EventCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // A command has no other clock than the system's, so the server has that one too.
    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync(hosted: true, configure: services => services.AddSingleton(TimeProvider.System));
        await _runner.Host.Get<IEventStore>().AppendAsync(
            [
                An("token.issued", EventOutcome.Succeeded, "one"),
                An("token.refused", EventOutcome.Refused, "two") with { Code = "TOKEN_EXPIRED", Client = "web" },
                An("token.refused", EventOutcome.Refused, "three") with { Code = "WRONG_AUDIENCE", Client = "web" },
            ],
            Stop);
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task Events_are_filtered_and_listed_in_pages()
    {
        var coded = await _runner.ReadAsync("events", "list", "--code", "TOKEN_EXPIRED", "--range", "1h");
        var first = await _runner.ReadAsync("events", "list", "--client", "web", "--limit", "1");
        var second = await _runner.ReadAsync(
            "events", "list", "--client", "web", "--limit", "1", "--cursor", first.GetProperty("next_cursor").GetString()!);
        Assert.Equal(0, await _runner.RunAsync("events", "list", "--outcome", "refused", "--limit", "1"));

        Assert.Equal(["two"], DetailsOf(coded));
        Assert.Equal(["three", "two"], DetailsOf(first).Concat(DetailsOf(second)));
        Assert.False(second.TryGetProperty("next_cursor", out _));
        Assert.Matches("token.refused +refused +WRONG_AUDIENCE +web .*three", _runner.Answer());
        Assert.Contains("Go on with: --cursor ", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_are_printed_the_oldest_of_them_first()
    {
        Assert.Equal(0, await _runner.RunAsync("events", "tail", "-n", "2", "--follow", "false"));

        var lines = _runner.Answer().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("TOKEN_EXPIRED  client=web  two", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("three", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_records_is_printed_until_somebody_has_seen_enough()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var lines = new Lines();

        var running = _runner.RunUntilAsync(lines, enough.Token, "events", "tail", "-n", "1", "--code", "WRONG_AUDIENCE", "--json");
        await Eventually.TrueAsync(() => lines.Seen.Count is 1);
        foreach (var (code, detail) in new[] { ("TOKEN_EXPIRED", "four"), ("WRONG_AUDIENCE", "five"), ("WRONG_AUDIENCE", "six") })
        {
            _runner.Host.Get<EventLog>().Record(An("token.refused", EventOutcome.Refused, detail) with { Code = code });
        }

        await Eventually.TrueAsync(() => lines.Seen.Count >= 3);
        await enough.CancelAsync();

        Assert.Equal(0, await running);
        Assert.Equal(
            ["three", "five", "six"],
            lines.Seen.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Tail_that_cannot_read_the_newest_says_so()
    {
        var isAway = false;
        await using var host = await CoreHost.StartAsync(
            StoreKinds.Default, configure: services => AwayStore.Insert<IEventStore>(services, () => isAway));
        var run = new CommandRun([], new CommandConsole(TextWriter.Null, TextWriter.Null, null), new RootCommand().Parse([]));
        var tail = new EventTail(run, host.Get<EventLog>(), host.Get<ClaimMask>(), new EventFilter());
        isAway = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => tail.FollowAsync(1, host.Get<IChangeFeed>(), TimeProvider.System, Stop));
    }

    [Theory]
    [InlineData("range", "events", "list", "--range", "5h")]
    [InlineData("to is needed beside from", "events", "list", "--from", "2026-01-15T09:30:00Z")]
    [InlineData("cursor is not one", "events", "list", "--cursor", "x")]
    [InlineData("--limit must be 1 to 1000", "events", "list", "--limit", "0")]
    [InlineData("'maybe'", "events", "list", "--outcome", "maybe")]
    [InlineData("--lines must be 0 to 200", "events", "tail", "-n", "201")]
    public async Task What_was_typed_wrong_is_said(string fault, params string[] arguments)
    {
        Assert.Equal(2, await _runner.RunAsync(arguments));

        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
    }

    private static IEnumerable<string?> DetailsOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("detail").GetString());

    private static SecurityEvent An(string kind, EventOutcome outcome, string detail) =>
        new() { At = TimeProvider.System.GetUtcNow(), Kind = kind, Outcome = outcome, Detail = detail };

    // Written by a command on one thread and looked at by a test on another.
    private sealed class Lines : TextWriter
    {
        private readonly Lock _gate = new();
        private readonly List<string> _seen = [];

        public override Encoding Encoding => Encoding.UTF8;

        public IReadOnlyList<string> Seen
        {
            get
            {
                lock (_gate)
                {
                    return [.. _seen];
                }
            }
        }

        public override void WriteLine(string? value)
        {
            lock (_gate)
            {
                _seen.Add(value ?? "");
            }
        }
    }
}
