using Dashboard.Core.Posture;
using Dashboard.Settings;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Settings;

/// <summary>Each thing that can be found has the page where it is put right.</summary>
public sealed class PostureLinksTests
{
    [Theory]
    [InlineData(PostureObjectKind.AgentKey, "/agents?tab=keys")]
    [InlineData(PostureObjectKind.AuditLog, "/audit?tab=integrity")]
    [InlineData(PostureObjectKind.Client, "/clients/a%2Fb/edit")]
    [InlineData(PostureObjectKind.Issuer, "/keys")]
    [InlineData(PostureObjectKind.Key, "/keys")]
    [InlineData(PostureObjectKind.Operator, "/operators/a%2Fb")]
    [InlineData(PostureObjectKind.RegistrationPolicy, "/clients/registration")]
    [InlineData(PostureObjectKind.Scope, "/settings?tab=scopes")]
    [InlineData(PostureObjectKind.Setting, "/settings?tab=configuration&q=a%2Fb")]
    [InlineData(PostureObjectKind.Tokens, "/tokens?status=live&never_presented=true&issued_to=2029-12-02T12%3A00%3A00Z")]
    public void Link_leads_to_the_thing(PostureObjectKind kind, string expected) =>
        Assert.Equal(expected, LinkOf("ANY", kind));

    [Fact]
    public void Link_leads_operators_to_their_own_account_and_secrets_to_the_client()
    {
        Assert.Equal("/account", LinkOf("ADMINISTRATOR_WITHOUT_SECOND_FACTOR", PostureObjectKind.Operator, who: "name"));
        Assert.Equal("/operators/new", LinkOf("ADMINISTRATOR_ALONE", PostureObjectKind.Operator));
        Assert.Equal("/clients/a%2Fb", LinkOf("CLIENT_SECRET_OLD", PostureObjectKind.Client));
    }

    private static string LinkOf(string code, PostureObjectKind kind, string? who = null) => PostureLinks.Of(
        new PostureRule(code, PostureSeverity.Low, "", "", "", ""), new PostureObject(kind, "a/b", "name"), LedgerRows.Start, who, mayEdit: true);
}
