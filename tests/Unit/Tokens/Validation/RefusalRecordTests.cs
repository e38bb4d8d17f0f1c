using System.Text;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>What is kept of a refusal, and what never is.</summary>
public sealed class RefusalRecordTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(hosted: true);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Refusal_is_found_by_its_reference_with_the_whole_report()
    {
        var issued = await _host.IssueAsync();
        _host.Clock.Advance(TimeSpan.FromHours(2));

        await _host.ValidateAsync(issued.Token, ContextOf("req_1"));
        await _host.StopHostedAsync();

        var found = await _host.Get<EventLog>().FindByRequestAsync("req_1", Stop);
        Assert.NotNull(found);
        Assert.Equal("TOKEN_EXPIRED", found.Code);
        Assert.Equal(EventOutcome.Refused, found.Outcome);
        Assert.Equal("192.0.2.7", found.Origin.Ip);
        Assert.Equal("user-1", found.Subject);
        Assert.Equal(issued.TokenId, found.TokenId);
        var report = TokenBuilder.Json(found.Report!);
        Assert.Equal("TOKEN_EXPIRED", report.GetProperty("code").GetString());
        Assert.Equal("user-1", report.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal("failed", report.GetProperty("checks")[7].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Forged_tokens_file_nothing_under_the_names_they_carry()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { Subject = "victim" });
        var forged = ForgedToken.WithSignature(issued.Token, new byte[64]);

        for (var number = 0; number < 50; number++)
        {
            Assert.Equal("INVALID_SIGNATURE", await _host.CodeAsync(forged, ContextOf($"req_{number}")));
        }

        await _host.StopHostedAsync();
        var all = await _host.Get<EventLog>().ListAsync(new EventFilter(Kind: EventKinds.TokenRefused), null, 200, Stop);
        Assert.Equal(50, all.Items.Count);
        Assert.All(all.Items, item => Assert.Null(item.Subject ?? item.Client ?? item.TokenId));
        Assert.Empty((await _host.Get<EventLog>().ListAsync(new EventFilter(issued.TokenId, EventKinds.TokenRefused), null, 200, Stop)).Items);
        Assert.Null((await _host.RowAsync(issued.TokenId)).Presented);
        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Revoked_verdict_says_neither_who_nor_why_but_the_report_does()
    {
        var issued = await _host.IssueAsync();
        await _host.Get<TokenRevocations>().RevokeAsync(
            issued.TokenId, "laptop stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        var refused = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(issued.Token, ContextOf("req_1")));
        await _host.StopHostedAsync();

        Assert.Equal("TOKEN_REVOKED", refused.Reason.Code);
        Assert.DoesNotContain("alice", refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("laptop", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(RefusalFacts.None, refused.Facts);
        var found = await _host.Get<EventLog>().FindByRequestAsync("req_1", Stop);
        Assert.Contains("alice", found!.Detail, StringComparison.Ordinal);
        Assert.Contains("laptop stolen", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_tokens_nor_their_signatures_are_ever_written()
    {
        var good = await _host.IssueAsync();
        var expired = await _host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromSeconds(1) });
        var unknown = ForgedToken.Alter(_host, good.Token, ("jti", "never"));
        var broken = good.Token + "=";
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var (token, index) in new[] { good.Token, expired.Token, unknown, broken }.Select((token, index) => (token, index)))
        {
            await _host.ValidateAsync(token, ContextOf($"req_{index}"));
        }

        await _host.StopHostedAsync();
        var stored = _host.ReadStoreBytes();
        foreach (var token in new[] { good.Token, expired.Token, unknown, broken })
        {
            Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ForgedToken.SignatureOf(token))));
            Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token.Split('.')[1])));
        }

        Assert.NotEqual(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(good.TokenId)));
    }

    [Fact]
    public async Task Acceptance_is_a_presentation_and_inspection_is_none()
    {
        var issued = await _host.IssueAsync();
        await _host.Get<Dashboard.Core.Tokens.Inspection.TokenReporter>().ReportAsync(issued.Token, new ValidationContext(), Stop);

        await _host.ValidateAsync(issued.Token, ContextOf("req_1") with { Where = "introspect" });
        await _host.StopHostedAsync();

        var presented = (await _host.RowAsync(issued.TokenId)).Presented;
        Assert.Equal(_host.Clock.GetUtcNow(), presented?.First.At);
        Assert.Equal(("192.0.2.7", "curl/8", "introspect"), (presented!.Last.Ip, presented.Last.UserAgent, presented.Last.Where));
    }

    private static ValidationContext ContextOf(string requestId) => new()
    {
        Origin = new RequestOrigin(requestId, "192.0.2.7", "curl/8", "POST /auth/validate"),
    };
}
