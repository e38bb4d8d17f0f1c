using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

/// <summary>What the one writer of SQLite decides; in Redis a batch and a cancellation are one script each.</summary>
public sealed class RevocationCancelTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_that_was_read_before_the_cancellation_revokes_nothing_after_it()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var issued = await host.IssueAsync();
        var job = await host.Get<TokenRevocations>().RevokeMatchingAsync(
            new LedgerFilter(), "why", TokenBuilder.Somebody, Stop);
        using var gate = new ManualResetEventSlim();
        var blocking = host.Database.WriteAsync(_ => gate.Wait(Stop), Stop);

        var cancelling = host.Get<TokenRevocations>().CancelAsync(job.Id, TokenBuilder.Somebody, Stop);
        var continuing = host.Get<IRevocationStore>().ContinueAsync(job.Id, 10, Stop);
        gate.Set();
        await blocking;

        Assert.True(await cancelling);
        var batch = await continuing;
        Assert.Empty(batch.Tokens);
        Assert.Equal((RevocationState.Cancelled, 0), (batch.Revocation.State, batch.Revocation.RevokedTokens));
        Assert.Null((await host.RowAsync(issued.TokenId)).Revoked);
    }
}
