using Dashboard.App;
using Dashboard.Core.Audit;
using Dashboard.Hosting;

namespace Dashboard.Tests.Unit.Overview;

public sealed class ChangeLineTests
{
    private static readonly AuditEntry SignOut =
        new(new Actor("alice"), "session.ended", "session", "s-1", After: "{\"reason\":\"signed-out\"}");

    private static readonly AuditEntry CutOff = new(new Actor("alice"), "tokens.cut_off", "session", "s-1", "signed-out");

    [Fact]
    public void Sign_out_at_the_api_is_one_line_in_words()
    {
        var line = Assert.Single(Lines(CutOff, SignOut));

        Assert.Equal(("Session ended", "signed out"), (line.Title, line.Reason));
    }

    [Fact]
    public void Cut_off_of_a_session_that_ended_further_back_is_said_in_words()
    {
        var line = Assert.Single(Lines(CutOff));

        Assert.Equal(("Tokens ended with their session", "signed out"), (line.Title, line.Reason));
    }

    [Theory]
    [InlineData("token.revoked", "token", "/tokens/a%2Fb")]
    [InlineData("tokens.revoked_by_filter", "revocation", "/tokens/revocations/a%2Fb")]
    [InlineData("failure.read", "failure", "/failures/a%2Fb")]
    [InlineData("tokens.cut_off", "subject", "/tokens?subject=a%2Fb")]
    [InlineData("keys.rotated", "key", "/keys")]
    [InlineData("operator.changed", "operator", "/operators/a%2Fb")]
    [InlineData("agent_key.created", "agent_key", "/agents?tab=keys")]
    [InlineData("store.migrated", "store", null)]
    [InlineData("session.started", "session", "/sessions/a%2Fb")]
    public void Object_with_a_page_has_a_link(string action, string kind, string? href) =>
        Assert.Equal(href, Assert.Single(Lines(new AuditEntry(new Actor("alice"), action, kind, "a/b"))).Href);

    [Fact]
    public void Page_of_a_revocation_is_linked_for_whoever_may_open_it() => Assert.Equal(
        Policies.ManageTokens,
        Assert.Single(Lines(new AuditEntry(new Actor("alice"), "tokens.revoked_by_filter", "revocation", "r"))).Policy);

    private static IReadOnlyList<ChangeLine> Lines(params AuditEntry[] newestFirst) => ChangeLine.Of(
        [.. newestFirst.Select((entry, index) => new AuditRecord(newestFirst.Length - index, DateTimeOffset.UnixEpoch, entry, [], []))]);
}
