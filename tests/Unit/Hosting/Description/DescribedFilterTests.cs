using Dashboard.Alerts;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;
using Dashboard.Hosting.Audit;
using Dashboard.Hosting.Clients;
using Dashboard.Hosting.Failures;
using Dashboard.Hosting.Tokens;
using Dashboard.Sessions;

namespace Dashboard.Tests.Unit.Hosting.Description;

/// <summary>A filter is described by the names that it is read by, all of them and no others.</summary>
public sealed class DescribedFilterTests
{
    [Fact]
    public void Tokens() => AssertSame(TokenQuery.Described, TokenQuery.Write(new LedgerFilter()).Keys);

    [Fact]
    public void Clients() => AssertSame(ClientQuery.Described, new ClientQuery().Write().Select(name => name.Key));

    [Fact]
    public void Failures() => AssertSame(FailureQuery.Described, FailureQuery.Default.Write().Select(name => name.Key));

    [Fact]
    public void Audit() => AssertSame(AuditQuery.Described, AuditQuery.Write(new AuditFilter()).Select(name => name.Key));

    [Fact]
    public void Sessions() => AssertSame(SessionQuery.Described, new SessionQuery().Write().Select(name => name.Key));

    [Fact]
    public void Alerts() => AssertSame(AlertQuery.Described, new AlertQuery().Write().Select(name => name.Key));

    [Fact]
    public void Agents() => AssertSame(AgentQuery.Described, new AgentQuery().Write().Select(name => name.Key));

    private static void AssertSame(IEnumerable<ApiValue> described, IEnumerable<string> read) =>
        Assert.Equal(read.Order(StringComparer.Ordinal), described.Select(value => value.Name).Order(StringComparer.Ordinal));
}
