using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Ledger;

public sealed class TokenTimelinesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_tells_a_tokens_life_in_order_with_the_refusals_that_were_its_own()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        var issued = await host.IssueAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.ValidateAsync(issued.Token);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.ValidateAsync(issued.Token, new ValidationContext { Audience = "billing", Origin = new RequestOrigin("req_1", null, null, null) });
        await host.ValidateAsync(ForgedToken.WithSignature(issued.Token, new byte[64]));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "why", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await host.StopHostedAsync();

        var life = await host.Get<TokenTimelines>().ReadAsync(await host.RowAsync(issued.TokenId), Stop);

        Assert.Equal(
            [TimelineMoment.Issued, TimelineMoment.FirstPresented, TimelineMoment.Refused, TimelineMoment.Revoked, TimelineMoment.Expires],
            life.Select(item => item.Moment));
        Assert.Equal("req_1", life[2].RequestId);
        Assert.StartsWith("WRONG_AUDIENCE", life[2].Detail, StringComparison.Ordinal);
    }
}
