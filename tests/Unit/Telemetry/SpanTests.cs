using System.Diagnostics;
using Dashboard.Core.Events;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Telemetry;

public sealed class SpanTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Issuing_is_a_span_with_the_write_within_it()
    {
        using var traced = new Traced();

        await _host.IssueAsync();

        var issue = Assert.Single(traced.Of("signet.token.issue"));
        Assert.Equal([KeyValuePair.Create(TelemetryNames.TokenKind, (object?)"access")], issue.TagObjects);
        var write = Assert.Single(traced.Of("signet.store.write"));
        Assert.Equal(issue.SpanId, write.ParentSpanId);
        Assert.Equal(ActivityKind.Client, write.Kind);
        Assert.Equal(TelemetryNames.Store, Assert.Single(write.TagObjects).Key);
    }

    [Fact]
    public async Task Validating_says_what_kind_was_good_and_why_another_was_not()
    {
        var issued = await _host.IssueAsync();
        using var traced = new Traced();

        await _host.CodeAsync(issued.Token);
        await _host.CodeAsync("no token");

        Assert.Equal(
            [(TelemetryNames.TokenKind, "access"), (TelemetryNames.ErrorType, "MALFORMED_TOKEN")],
            traced.Of("signet.token.validate").SelectMany(span => span.TagObjects).Select(tag => (tag.Key, (string?)tag.Value)));
        Assert.All(traced.Of("signet.token.validate"), span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }

    [Fact]
    public async Task Revoking_is_a_span_by_scope()
    {
        var issued = await _host.IssueAsync();
        using var traced = new Traced();

        await _host.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "a test", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await _host.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "bob", null, "left", TokenBuilder.Somebody, Stop);

        Assert.Equal(
            ["token", "subject"],
            traced.Of("signet.token.revoke").Select(span => (string?)span.GetTagItem(TelemetryNames.RevocationScope)));
    }

    [Fact]
    public async Task A_failed_write_fails_its_span_and_says_nothing_of_the_failure()
    {
        await _host.SpoilAsync("ledger", keys => keys.Tokens);
        using var traced = new Traced();

        await Assert.ThrowsAnyAsync<Exception>(() => _host.IssueAsync());

        var write = Assert.Single(traced.Of("signet.store.write"));
        Assert.Equal((ActivityStatusCode.Error, null), (write.Status, write.StatusDescription));
        Assert.Equal("STORE_UNAVAILABLE", write.GetTagItem(TelemetryNames.ErrorType));
    }

    [Fact]
    public async Task What_follows_a_write_is_not_within_it()
    {
        using var traced = new Traced();
        var outer = Activity.Current;

        await _host.IssueAsync();

        Assert.Same(outer, Activity.Current);
    }
}
