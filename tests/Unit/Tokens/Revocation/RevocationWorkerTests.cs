using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

public sealed class RevocationWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revocation_by_filter_takes_up_after_a_restart_where_it_stopped()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.IssueAsync()));
        var spared = await host.IssueAsync(TokenBuilder.Request() with { Scopes = ["other"] });
        var job = await host.Get<TokenRevocations>().RevokeMatchingAsync(
            new LedgerFilter { Scope = "files:read" }, "why", TokenBuilder.Somebody, Stop);
        await host.Get<IRevocationStore>().ContinueAsync(job.Id, 7, Stop);

        await host.ReopenAsync();
        await RunUntilDoneAsync(host, job.Id);

        Assert.Equal(20, (await host.Get<TokenRevocations>().FindAsync(job.Id, Stop))!.RevokedTokens);
        foreach (var token in issued)
        {
            Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(token.Token));
        }

        Assert.Null(await host.CodeAsync(spared.Token));
    }

    [Fact]
    public async Task Cut_off_is_written_into_the_rows()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();
        var cutOff = await host.Get<TokenRevocations>().CutOffAsync(
            RevocationScope.Subject, "user-1", null, "left", TokenBuilder.Somebody, Stop);

        await RunUntilDoneAsync(host, cutOff.Id);

        Assert.Equal("left", (await host.Get<ITokenLedger>().FindAsync(issued.TokenId, Stop))!.Revoked?.Reason);
    }

    [Fact]
    public async Task Revocation_by_filter_reaches_past_one_batch_and_no_token_issued_after_it()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = "HS256" });
        var issued = await Task.WhenAll(Enumerable.Range(0, 1_200).Select(_ => host.IssueAsync()));
        var job = await host.Get<TokenRevocations>().RevokeMatchingAsync(new LedgerFilter(), "why", TokenBuilder.Somebody, Stop);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var later = await host.IssueAsync();

        await RunUntilDoneAsync(host, job.Id);

        Assert.Equal(1_200, (await host.Get<TokenRevocations>().FindAsync(job.Id, Stop))!.RevokedTokens);
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(issued[0].Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(issued[^1].Token));
        Assert.Null(await host.CodeAsync(later.Token));
    }

    private static async Task RunUntilDoneAsync(CoreHost host, string id)
    {
        var worker = host.Get<RevocationWorker>();
        await worker.StartAsync(Stop);
        await Eventually.TrueAsync(async () =>
            (await host.Get<TokenRevocations>().FindAsync(id, Stop))!.State is not RevocationState.Running);
        await worker.StopAsync(Stop);
    }
}
