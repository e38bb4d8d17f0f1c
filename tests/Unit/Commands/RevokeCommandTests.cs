using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Revocation from the command line, beside a server and without one.</summary>
public sealed class RevokeCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:Algorithm"] = "HS256" });

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task One_token_is_revoked_after_a_question_and_once()
    {
        var issued = await Host.IssueAsync();

        var planned = await _runner.ReadAsync("tokens", "revoke", issued.TokenId, "--dry-run");
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("tokens", "revoke", issued.TokenId));
        Assert.Null((await RowAsync(issued)).Revoked);
        _runner.Answers("yes");
        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", issued.TokenId, "--reason", "it leaked"));
        Assert.Contains($"{issued.TokenId} is revoked", _runner.Answer(), StringComparison.Ordinal);
        var again = await _runner.ReadAsync("tokens", "revoke", issued.TokenId, "--yes");

        Assert.Equal((1, false), (planned.GetProperty("matched").GetInt32(), planned.GetProperty("already").GetBoolean()));
        Assert.True(planned.TryGetProperty("offline_until", out _));
        Assert.True(again.GetProperty("already").GetBoolean());
        Assert.Equal("it leaked", (await RowAsync(issued)).Revoked?.Reason);
        var entry = Assert.Single((await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: issued.TokenId), null, 10, Stop)).Items).Entry;
        Assert.Equal(("token.revoked", $"cli:{Environment.UserName}", "it leaked"), (entry.Action, entry.Who.Name, entry.Reason));
    }

    [Fact]
    public async Task A_token_that_was_found_is_revoked_from_standard_input_where_its_signature_is_genuine()
    {
        var issued = await Host.IssueAsync();
        _runner.Pipes(issued.Token[..^4] + "AAAA\n");
        Assert.Equal(2, await _runner.RunUnattendedAsync("tokens", "revoke", "-", "--yes"));
        Assert.Null((await RowAsync(issued)).Revoked);
        _runner.Pipes(issued.Token + "\n");

        Assert.Equal(2, await _runner.RunUnattendedAsync("tokens", "revoke", "-"));
        Assert.Equal(0, await _runner.RunUnattendedAsync("tokens", "revoke", "-", "--yes"));

        Assert.NotNull((await RowAsync(issued)).Revoked);
        Assert.Contains("genuine signature", _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Token[^20..], _runner.Said + _runner.Answer(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subject", "--subject", "user-1")]
    [InlineData("client", "--client", "client-1")]
    [InlineData("session", "--session", "s-1")]
    [InlineData("all", "--all")]
    [InlineData("all", "--issued-before", "2200-01-01")]
    public async Task A_cut_off_is_one_write_and_in_force_when_the_server_starts_again(string scope, params string[] target)
    {
        var issued = await Host.IssueAsync(TokenBuilder.Request() with { Session = "s-1" });
        var other = await Host.IssueAsync(TokenBuilder.Request() with { Subject = "other", Client = "other", Session = "s-2" });

        var planned = await _runner.ReadAsync(["tokens", "revoke", .. target, "--dry-run"]);
        var cutOff = await _runner.ReadAsync(["tokens", "revoke", .. target, "--yes"]);
        await Host.ReopenAsync();

        Assert.Equal(scope is "all" ? 2 : 1, planned.GetProperty("matched").GetInt32());
        Assert.Equal((scope, "running"), (cutOff.GetProperty("scope").GetString(), cutOff.GetProperty("state").GetString()));
        Assert.Equal(1, cutOff.GetProperty("preview").GetProperty("subjects").GetInt32() - (scope is "all" ? 1 : 0));
        Assert.NotNull((await Host.RowAsync(issued.TokenId)).Revoked);
        Assert.Equal(scope is "all", (await Host.RowAsync(other.TokenId)).Revoked is not null);
    }

    [Fact]
    public async Task A_cut_off_by_key_covers_what_it_signed()
    {
        var issued = await Host.IssueAsync();
        var kid = (await RowAsync(issued)).KeyId;

        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", "--key", kid, "--yes"));
        await Host.ReopenAsync();

        Assert.Contains($"the key {kid}", _runner.Answer(), StringComparison.Ordinal);
        Assert.Equal("TOKEN_REVOKED", await Host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task A_cut_off_with_a_time_spares_what_was_issued_after_it()
    {
        var issued = await Host.IssueAsync();

        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", "--subject", "user-1", "--issued-before", "2020-01-01T00:00:00Z", "--yes"));
        await Host.ReopenAsync();

        Assert.Null(await Host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task By_filter_the_command_itself_revokes_to_the_end_where_no_server_runs()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 510).Select(_ => Host.IssueAsync()));
        var spared = await Host.IssueAsync(TokenBuilder.Request() with { Scopes = ["other"] });

        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", "--filter", "scope=files:read", "--filter", "client=client-1", "--dry-run"));
        Assert.Contains("510 live tokens of 1 subject and 1 client", _runner.Answer(), StringComparison.Ordinal);
        var done = await _runner.ReadAsync("tokens", "revoke", "--filter", "scope=files:read", "--filter", "client=client-1", "--yes");

        Assert.Equal(("filter", "done", 510), (
            done.GetProperty("scope").GetString(), done.GetProperty("state").GetString(), done.GetProperty("revoked_tokens").GetInt32()));
        Assert.Contains($"Revocation {done.GetProperty("id").GetString()} has begun", _runner.Said, StringComparison.Ordinal);
        Assert.NotNull((await RowAsync(issued[0])).Revoked);
        Assert.NotNull((await RowAsync(issued[^1])).Revoked);
        Assert.Null((await RowAsync(spared)).Revoked);
        Assert.Equal(
            RevocationState.Done, (await Host.Get<TokenRevocations>().FindAsync(done.GetProperty("id").GetString()!, Stop))!.State);
    }

    [Theory]
    [InlineData(2, "What to revoke must be one of", "--yes")]
    [InlineData(2, "What to revoke must be one of", "jti", "--subject", "x", "--yes")]
    [InlineData(2, "What to revoke must be one of", "--client", "c", "--subject", "x", "--yes")]
    [InlineData(2, "What to revoke must be one of", "--all", "--filter", "subject=x", "--yes")]
    [InlineData(2, "What to revoke must be one of", "jti", "--issued-before", "2030-01-01", "--yes")]
    [InlineData(2, "--issued-before must be a date", "--subject", "x", "--issued-before", "now", "--yes")]
    [InlineData(2, "does not go with --family", "--family", "f", "--issued-before", "2030-01-01", "--yes")]
    [InlineData(2, "cut_off.value is required", "--subject", "", "--yes")]
    [InlineData(2, "name=value, each name once", "--filter", "subject", "--yes")]
    [InlineData(2, "name=value, each name once", "--filter", "subject=x", "--filter", "subject=y", "--yes")]
    [InlineData(2, "filter.subjct is not known", "--filter", "subjct=x", "--yes")]
    [InlineData(2, "filter.subject must not be empty", "--filter", "subject=", "--yes")]
    [InlineData(2, "must narrow the tokens down", "--filter", "status=live", "--yes")]
    [InlineData(1, "No token with this jti", "unknown", "--yes")]
    public async Task What_could_cover_more_than_was_meant_is_refused(int code, string fault, params string[] arguments)
    {
        var issued = await Host.IssueAsync();

        Assert.Equal(code, await _runner.RunAsync(["tokens", "revoke", .. arguments]));

        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
        Assert.Null((await RowAsync(issued)).Revoked);
    }

    [Fact]
    public async Task A_running_server_refuses_what_a_command_revoked()
    {
        await Host.StartHostedAsync();
        var (one, more) = (await Host.IssueAsync(), await Host.IssueAsync(TokenBuilder.Request() with { Subject = "user-2" }));

        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", one.TokenId, "--yes"));
        await Eventually.TrueAsync(() => IsRevokedAsync(one));
        Assert.Equal(0, await _runner.RunAsync("tokens", "revoke", "--subject", "user-2", "--yes"));
        await Eventually.TrueAsync(() => IsRevokedAsync(more));

        await Host.StopHostedAsync();
    }

    private async Task<bool> IsRevokedAsync(TokenIssueOutcome.Issued issued)
    {
        Host.Clock.Advance(TimeSpan.FromMilliseconds(200));
        return await Host.CodeAsync(issued.Token) is "TOKEN_REVOKED";
    }

    // As it is stored, whatever this server knows by now.
    private async Task<LedgerEntry> RowAsync(TokenIssueOutcome.Issued issued) =>
        (await Host.Get<ITokenLedger>().FindAsync(issued.TokenId, Stop))!;
}
