using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// Clients that know nothing of Signet but the standards, from the npm registry, with a person in Chromium who signs in and
/// consents. On every store.
/// </summary>
public sealed class NpmClientJourneys(Chromium chromium)
{
    public static TheoryData<string> Stores => ["sqlite", "redis"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_mcp_sdk_finds_its_way_from_the_resource_to_a_token_and_refreshes_it(string store)
    {
        await using var signet = await StartAsync(store, "open");
        await using var client = NpmClient.Start("mcp.mjs", $"{signet.Address}mcp");
        await ConsentAsync(signet, await client.AsksToOpenAsync(), "MCP SDK");

        var found = await client.FoundAsync();

        Assert.Equal("state-of-mcp", found.GetProperty("state").GetString());
        Assert.Equal(signet.Address.ToString().TrimEnd('/'), found.GetProperty("iss").GetString());
        Assert.Equal("mcp:read", found.GetProperty("scope").GetString());
        Assert.True(found.GetProperty("rotated").GetBoolean());
        Assert.Equal("invalid_grant", found.GetProperty("replayed").GetString());
        Assert.Equal("invalid_grant", found.GetProperty("codeAgain").GetString());

        // The replay ended the whole family, and nothing else of the client.
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(found.GetProperty("refreshedToken").GetString()!, $"{signet.Address}mcp"));
        using var administrator = await signet.LoginAsync();
        var rows = await administrator.GetJsonAsync($"/dashboard/tokens?client={found.GetProperty("client").GetString()}&limit=50");
        Assert.All(rows.GetProperty("items").EnumerateArray(), row => Assert.Equal(
            row.GetProperty("kind").GetString() is "registration" ? "live" : "revoked", row.GetProperty("status").GetString()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Openid_client_gets_refreshes_and_revokes_tokens_and_manages_its_registration(string store)
    {
        await using var signet = await StartAsync(store, "token");
        await using var client = NpmClient.Start("openid.mjs", signet.Address.ToString(), await InitialAccessTokenAsync(signet));
        await ConsentAsync(signet, await client.AsksToOpenAsync(), "openid-client");

        var found = await client.FoundAsync();

        Assert.Equal(3600, found.GetProperty("expiresIn").GetInt32());
        Assert.Equal("mcp:read", found.GetProperty("refreshedScope").GetString());
        Assert.True(found.GetProperty("live").GetBoolean());
        Assert.Equal("mcp:read", found.GetProperty("liveScope").GetString());
        Assert.Equal("""{"active":false}""", found.GetProperty("revoked").GetRawText());
        Assert.Equal("bearer", found.GetProperty("own").GetString());
        Assert.Equal(200, found.GetProperty("updated").GetInt32());
        Assert.Equal("openid-client, renamed", found.GetProperty("name").GetString());
        Assert.Equal(204, found.GetProperty("deleted").GetInt32());
        Assert.Equal("invalid_client", found.GetProperty("gone").GetString());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Oauth4webapi_proves_itself_with_a_key_of_its_own(string store)
    {
        await using var signet = await StartAsync(store, "token");
        await using var client = NpmClient.Start("oauth4webapi.mjs", signet.Address.ToString(), await InitialAccessTokenAsync(signet));

        var found = await client.FoundAsync();

        Assert.Equal("mcp:read", found.GetProperty("scope").GetString());
        Assert.True(found.GetProperty("active").GetBoolean());
        Assert.Equal("invalid_scope", found.GetProperty("wider").GetString());
        Assert.Equal("invalid_client", found.GetProperty("forged").GetString());
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(found.GetProperty("accessToken").GetString()!));
    }

    private static async Task<SignetProcess> StartAsync(string store, string mode)
    {
        var place = store is "redis"
            ? (await SharedRedis.StartedAsync()).Settings($"npm-{Guid.CreateVersion7():N}")
            : [StoreKinds.Sqlite];
        var signet = await SignetProcess.StartAsync(
            null,
            [
                .. place,
                ("Registration__Mode", mode),
                ("Registration__Scopes", "mcp:read mcp:write"),
            ]);

        // Its own address is known only once it has one.
        await signet.StopAsync();
        await signet.RestartAsync(
            ("OAuth__ProtectedResources__0__Resource", $"{signet.Address}mcp"),
            ("OAuth__ProtectedResources__0__Scopes__0", "mcp:read"));
        return signet;
    }

    private static async Task<string> InitialAccessTokenAsync(SignetProcess signet)
    {
        using var administrator = await signet.LoginAsync();
        var made = await administrator.PostJsonAsync(
            "/dashboard/initial-access-tokens", new { label = "npm", uses = 1, reason = "a test" }, 201);
        return made.GetProperty("token").GetString()!;
    }

    // As a person does it: sign in, read who asks, allow.
    private async Task ConsentAsync(SignetProcess signet, Uri address, string client)
    {
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        await new SignInPage(page).SubmitAsync("admin", SignetProcess.Password);
        await Assertions.Expect(page.GetByText(client, new PageGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("127.0.0.1").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Allow" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Back at the client" }).WaitForAsync();
    }
}
