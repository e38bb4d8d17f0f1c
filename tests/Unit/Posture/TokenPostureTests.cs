using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Posture;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Agents;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Rules about tokens, scopes and agent keys.</summary>
public sealed class TokenPostureTests : PostureTest
{
    private DateTimeOffset Now => Core.Clock.GetUtcNow();

    [Fact]
    public async Task Live_tokens_that_nobody_ever_showed_are_counted()
    {
        var seen = new Presentation(Now, null, null, "validate");
        await AddAsync("young", Now.AddDays(-29), Now.AddDays(9));
        await AddAsync("over", Now.AddDays(-40), Now.AddDays(-9));
        await AddAsync("shown", Now.AddDays(-40), Now.AddDays(9));
        await Core.Get<ITokenLedger>().RecordPresentationsAsync([new TokenPresentation("shown", seen.At, null, null, "validate")], Stop);
        Assert.Null(await FindAsync("TOKENS_DORMANT"));

        await AddAsync("dormant-1", Now.AddDays(-40), Now.AddDays(9));
        await AddAsync("dormant-2", Now.AddDays(-31), Now.AddDays(9));

        var found = (await FindAsync("TOKENS_DORMANT"))!;
        Assert.Equal((2, PostureObjectKind.Tokens), (found.Count, Assert.Single(found.Objects).Kind));
    }

    [Fact]
    public async Task Scopes_that_no_token_holds_are_found_unless_another_implies_them()
    {
        await using var core = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Scopes:Hierarchy:write:0"] = "read",
            ["Scopes:Resources:reports:0"] = "reports:read",
        });
        await core.Get<IClientStore>().AddAsync(
            ClientBuilder.Client() with { Scopes = ["write", "files:*"] }, new AuditEntry(Actor.Signet, "client.created", "client", "client-1"), Stop);
        Assert.Null(await FindAsync(core, "SCOPE_UNUSED"));
        await core.Get<ITokenLedger>().AddAsync(LedgerRows.Row() with { Scope = "write" }, null, Stop);

        var found = (await FindAsync(core, "SCOPE_UNUSED"))!;
        Assert.Equal(["reports:read"], found.Objects.Select(item => item.Id));

        await core.Get<ITokenLedger>().AddAsync(LedgerRows.Row("t-2") with { Scope = "reports:read" }, null, Stop);
        Assert.Null(await FindAsync(core, "SCOPE_UNUSED"));
    }

    [Fact]
    public async Task Scope_that_only_a_client_may_ask_for_leads_to_the_client()
    {
        await using var core = await CoreHost.StartAsync();
        await core.Get<IClientStore>().AddAsync(
            ClientBuilder.Client() with { Scopes = ["read", "write"] }, new AuditEntry(Actor.Signet, "client.created", "client", "client-1"), Stop);
        await core.Get<ITokenLedger>().AddAsync(LedgerRows.Row() with { Scope = "read" }, null, Stop);

        var found = Assert.Single((await FindAsync(core, "SCOPE_UNUSED"))!.Objects);

        Assert.Equal((PostureObjectKind.Client, "client-1", "It may ask for write."), (found.Kind, found.Id, found.Detail));
    }

    [Fact]
    public async Task Agent_keys_older_than_a_year_are_found()
    {
        await AddKeyAsync("ak_young", Now.AddDays(-364));
        Assert.Null(await FindAsync("AGENT_KEY_OLD"));

        await AddKeyAsync("ak_old", Now.AddDays(-366));

        Assert.Equal("ak_old", (await FindAsync("AGENT_KEY_OLD"))!.Objects[0].Id);
    }

    private Task AddAsync(string id, DateTimeOffset issuedAt, DateTimeOffset expiresAt) =>
        Core.Get<ITokenLedger>().AddAsync(LedgerRows.Row(id) with { IssuedAt = issuedAt, ExpiresAt = expiresAt }, null, Stop);

    private async Task AddKeyAsync(string id, DateTimeOffset createdAt)
    {
        var key = AgentBuilder.Key(id) with { Secrets = [AgentKeySecrets.Keep(AgentBuilder.SecretOf(id), createdAt)] };
        Assert.True(await Core.Get<IAgentKeyStore>().AddAsync(key, new AuditEntry(Actor.Signet, "agent_key.created", "agent_key", id), Stop));
        await Core.Get<AgentKeyDirectory>().LoadAsync(Stop);
    }
}
