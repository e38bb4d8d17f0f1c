using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens;

public sealed class RevokedFromTests : PageContext
{
    [Fact]
    public async Task Filter_lists_what_was_revoked_at_or_after_a_time()
    {
        var early = await IssueAsync("alice");
        var late = await IssueAsync("bob");
        await IssueAsync("carol");
        await RevokeAsync(early);
        Core.Clock.Advance(TimeSpan.FromHours(1));
        var limit = Core.Clock.GetUtcNow();
        await RevokeAsync(late);

        foreach (var status in (TokenStatus?[])[null, TokenStatus.Revoked])
        {
            var page = await Core.Get<TokenDirectory>().ListAsync(
                new LedgerFilter { Status = status, RevokedFrom = limit }, null, 10, Stop);
            Assert.Equal(late, Assert.Single(page.Items).TokenId);
            Assert.Equal(1, page.Total);
        }
    }

    private Task<TokenRevocationOutcome> RevokeAsync(string tokenId) =>
        Core.Get<TokenRevocations>().RevokeAsync(tokenId, "a test", Actor.OfCommand("admin"), RequestOrigin.None, Stop);
}
