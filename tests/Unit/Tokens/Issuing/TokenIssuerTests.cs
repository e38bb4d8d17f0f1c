using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Issuing;

public sealed class TokenIssuerTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(new Dictionary<string, string?>
    {
        ["Tokens:MaximumLifetime"] = "02:00:00",
        ["Tokens:OperatorTokenLifetime"] = "00:20:00",
        ["Tokens:ExtraClaims:tenant"] = "acme",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(TokenKind.Access, "at+jwt", 3_600)]
    [InlineData(TokenKind.Minted, "at+jwt", 3_600)]
    [InlineData(TokenKind.Operator, "operator+jwt", 1_200)]
    public async Task Issue_each_kind_writes_its_type_key_and_claims(TokenKind kind, string type, int seconds)
    {
        _host.Clock.Advance(TimeSpan.FromMilliseconds(700));
        var issued = await _host.IssueAsync(TokenBuilder.Request(kind) with
        {
            Session = "s-1",
            Role = "viewer",
            AgentId = "agent-1",
            FingerprintHash = "hash",
        });

        var header = TokenBuilder.Json(ForgedToken.HeaderOf(issued.Token));
        var key = _host.Get<KeyRing>().Current;
        Assert.Equal(["alg", "kid", "typ"], header.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("ES256", key.KeyId, type), (
            header.GetProperty("alg").GetString()!, header.GetProperty("kid").GetString()!, header.GetProperty("typ").GetString()!));
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var subject = kind is TokenKind.Operator ? "operator:alice" : "user-1";
        var scopes = kind is TokenKind.Operator ? """ "scopes":["files:read","files:write"], """ : "";
        Assert.Equal(
            System.Text.Json.Nodes.JsonNode.Parse($$"""
                {"iss":"{{CoreHost.Issuer}}","sub":"{{subject}}","aud":"signet","iat":{{now}},"nbf":{{now}},"exp":{{now + seconds}},
                "jti":"{{issued.TokenId}}","client_id":"client-1","scope":"files:read files:write","sid":"s-1",
                "agent_id":"agent-1","role":"viewer","fph":"hash",{{scopes}}"tenant":"acme"}
                """)!.ToJsonString(),
            ForgedToken.PayloadOf(issued.Token));
        Assert.Equal(TimeSpan.FromSeconds(seconds), issued.Lifetime);
    }

    [Fact]
    public async Task Issue_writes_a_row_that_equals_the_claims()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { Session = "s-1", Lifetime = TimeSpan.FromMinutes(5) });

        var row = await _host.RowAsync(issued.TokenId);

        Assert.Equal(ForgedToken.PayloadOf(issued.Token), row.Claims);
        Assert.Equal((TokenKind.Access, "user-1", "client-1", "s-1"), (row.Kind, row.Subject, row.Client!, row.Session!));
        Assert.Equal(("files:read files:write", "signet", TokenBuilder.Somebody.Name), (row.Scope, row.Audience, row.IssuedBy));
        Assert.Equal(_host.Get<KeyRing>().Current.KeyId, row.KeyId);
        Assert.Equal(_host.Clock.GetUtcNow(), row.IssuedAt);
        Assert.Equal(issued.ExpiresAt, row.ExpiresAt);
        Assert.Null(row.Presented);
        Assert.Null(row.Revoked);
        Assert.Null(row.Defect);
    }

    [Fact]
    public async Task Issue_by_default_leaves_no_audit_entry_and_audited_leaves_one_without_the_token()
    {
        var before = (await _host.Get<AuditLog>().FindNewestAsync(Stop))!.Number;
        await _host.IssueAsync();
        Assert.Equal(before, (await _host.Get<AuditLog>().FindNewestAsync(Stop))!.Number);

        var issued = await _host.IssueAsync(TokenBuilder.Request(TokenKind.Minted) with { Audited = true });

        var entry = (await _host.Get<AuditLog>().FindNewestAsync(Stop))!;
        Assert.Equal(before + 1, entry.Number);
        Assert.Equal(("token.minted", "token", issued.TokenId), (entry.Entry.Action, entry.Entry.ObjectKind, entry.Entry.ObjectId));
        Assert.Equal(TokenBuilder.Somebody, entry.Entry.Who);
        Assert.Contains("\"subject\":\"user-1\"", entry.Entry.After, StringComparison.Ordinal);
        Assert.DoesNotContain(ForgedToken.SignatureOf(issued.Token), entry.Entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_that_cannot_be_written_issues_nothing()
    {
        await _host.SpoilAsync("ledger", keys => keys.Tokens);

        await Assert.ThrowsAsync<Dashboard.Core.Primitives.StoreUnavailableException>(() => _host.IssueAsync());
    }

    [Fact]
    public async Task Issue_ten_thousand_times_never_repeats_an_id()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = "HS256" });

        var issued = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => host.IssueAsync()));

        Assert.Equal(10_000, issued.Select(item => item.TokenId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(issued, item => Assert.Equal(22, item.TokenId.Length));
    }

    [Fact]
    public async Task Preview_says_what_issue_would_say_and_stores_nothing()
    {
        var preview = _host.Get<TokenIssuer>().Preview(TokenBuilder.Request());
        var issued = await _host.IssueAsync();

        Assert.Equal(
            ForgedToken.PayloadOf(issued.Token).Replace(issued.TokenId, "", StringComparison.Ordinal),
            preview!.Replace(TokenBuilder.Json(preview).GetProperty("jti").GetString()!, "", StringComparison.Ordinal));
        Assert.Null(_host.Get<TokenIssuer>().Preview(TokenBuilder.Request() with { Subject = "" }));
    }

    [Fact]
    public async Task Issue_request_claims_win_over_those_of_the_deployment()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { ExtraClaims = TokenBuilder.Json("""{"tenant":"other"}""") });

        Assert.Equal("other", TokenBuilder.Json(ForgedToken.PayloadOf(issued.Token)).GetProperty("tenant").GetString());
        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Issue_request_claim_that_differs_from_the_deployments_in_case_replaces_it()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { ExtraClaims = TokenBuilder.Json("""{"Tenant":"other"}""") });

        Assert.Null(await _host.CodeAsync(issued.Token));
        Assert.False(TokenBuilder.Json(ForgedToken.PayloadOf(issued.Token)).TryGetProperty("tenant", out _));
    }
}
