using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>What was issued, from the command line.</summary>
public sealed class TokenCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    // Signing takes no time then.
    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:Algorithm"] = "HS256" });

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task Tokens_are_listed_by_filter_page_by_page_as_the_api_lists_them()
    {
        foreach (var subject in new[] { "alice", "bob", "alice", "alice" })
        {
            await Host.IssueAsync(TokenBuilder.Request() with { Subject = subject });
        }

        var first = await _runner.ReadAsync("tokens", "list", "--subject", "alice", "--never-presented", "--limit", "2");
        var cursor = first.GetProperty("next_cursor").GetString()!;
        var second = await _runner.ReadAsync("tokens", "list", "--subject", "alice", "--limit", "2", "--cursor", cursor);
        Assert.Equal(0, await _runner.RunAsync("tokens", "list", "--limit", "3"));

        Assert.Equal((3, 2), (first.GetProperty("total").GetInt32(), first.GetProperty("items").GetArrayLength()));
        Assert.Equal(1, second.GetProperty("items").GetArrayLength());
        Assert.False(second.TryGetProperty("next_cursor", out _));
        var item = first.GetProperty("items")[0];
        Assert.Equal(("alice", "live", "client-1"), (
            item.GetProperty("subject").GetString(), item.GetProperty("status").GetString(), item.GetProperty("client_id").GetString()));
        Assert.Contains(item.GetProperty("jti").GetString()!, _runner.Answer(), StringComparison.Ordinal);
        Assert.Matches(@"3 of 4\. Go on with: --cursor \S+", _runner.Said);
    }

    [Fact]
    public async Task A_list_may_be_longer_than_a_page_of_the_api()
    {
        await Task.WhenAll(Enumerable.Range(0, 203).Select(_ => Host.IssueAsync()));

        var listed = await _runner.ReadAsync("tokens", "list", "--limit", "202");

        Assert.Equal(202, listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("jti").GetString()).Distinct().Count());
        Assert.Equal(203, listed.GetProperty("total").GetInt32());
        Assert.True(listed.TryGetProperty("next_cursor", out _));
    }

    [Fact]
    public async Task A_token_is_shown_with_its_claims_and_its_life()
    {
        await Host.Get<ITokenLedger>().AddAsync(
            LedgerRows.Row("shown") with { IssuedBy = "cli:al\u001bice", Claims = """{"client_id":"client-1"}""" }, null, Stop);

        var shown = await _runner.ReadAsync("tokens", "show", "shown");
        Assert.Equal(0, await _runner.RunAsync("tokens", "show", "shown"));

        Assert.Equal("shown", shown.GetProperty("token").GetProperty("jti").GetString());
        Assert.Equal("client-1", shown.GetProperty("claims").GetProperty("client_id").GetString());
        Assert.Equal(
            ["issued", "expires"], shown.GetProperty("timeline").EnumerateArray().Select(item => item.GetProperty("moment").GetString()));
        var text = _runner.Answer();
        Assert.Matches(@"issued by +cli:al\W+ice", text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Theory]
    [InlineData(2, "--status must be live", "tokens", "list", "--status", "dead")]
    [InlineData(2, "--issued-from must be a date", "tokens", "list", "--issued-from", "yesterday")]
    [InlineData(2, "--cursor is not one", "tokens", "list", "--cursor", "x")]
    [InlineData(2, "--limit must be 1 to 1000", "tokens", "list", "--limit", "0")]
    [InlineData(1, "No token with this jti", "tokens", "show", "unknown")]
    [InlineData(3, "no ", "tokens", "list", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_listed_or_shown_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(arguments));

        Assert.Contains(fault, _runner.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", _runner.Answer());
    }

    [Fact]
    public async Task A_purge_deletes_what_outlived_its_retention_and_says_how_much_of_what()
    {
        var issued = await Host.IssueAsync();
        var longAgo = Host.Clock.GetUtcNow().AddDays(-200);
        await Host.Get<ITokenLedger>().AddAsync(
            LedgerRows.Row("old") with { IssuedAt = longAgo, ExpiresAt = longAgo.AddHours(1) }, null, Stop);

        var planned = await _runner.ReadAsync("tokens", "purge", "--dry-run");
        Assert.NotNull(await Host.Get<ITokenLedger>().FindAsync("old", Stop));
        var done = await _runner.ReadAsync("tokens", "purge", "--yes");

        Assert.Equal(("planned", 1), (planned.GetProperty("status").GetString(), planned.GetProperty("tokens").GetInt32()));
        Assert.Contains("sessions", planned.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("what").GetString()));
        Assert.Equal(1, done.GetProperty("gone").GetProperty("tokens").GetInt32());
        Assert.Null(await Host.Get<ITokenLedger>().FindAsync("old", Stop));
        Assert.NotNull(await Host.Get<ITokenLedger>().FindAsync(issued.TokenId, Stop));

        // It leads no longer: whoever comes next does not wait for it.
        Assert.NotNull(await Host.Get<LeaderElection>().FindTermAsync(Stop));
    }

    [Fact]
    public async Task A_purge_beside_a_server_that_leads_is_done_by_it_at_once_and_answered_with_its_counts()
    {
        await using var runner = await CommandRunner.StartAsync(hosted: true);
        var purges = runner.Host.Get<PurgeWorker>();
        await Eventually.TrueAsync(async () => await purges.FindLastRunAsync(Stop) is not null);
        var longAgo = runner.Host.Clock.GetUtcNow().AddDays(-200);
        await runner.Host.Get<ITokenLedger>().AddAsync(
            LedgerRows.Row("old") with { IssuedAt = longAgo, ExpiresAt = longAgo.AddHours(1) }, null, Stop);

        var purge = runner.ReadAsync("tokens", "purge", "--yes");
        await Eventually.TrueAsync(() =>
        {
            runner.Host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return purge.IsCompleted;
        });

        var done = await purge;
        Assert.Equal(1, done.GetProperty("gone").GetProperty("tokens").GetInt32());
        Assert.Equal((await purges.FindLastRunAsync(Stop))!.At.CutToMilliseconds(), done.GetProperty("at").GetDateTimeOffset());
        Assert.Null(await runner.Host.Get<ITokenLedger>().FindAsync("old", Stop));
        Assert.Equal(2, await runner.RunUnattendedAsync("tokens", "purge"));
    }
}
