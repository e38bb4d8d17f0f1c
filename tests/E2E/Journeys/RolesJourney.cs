using System.Net;
using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>What reviewers and support staff can do in the browser, and what they cannot.</summary>
public sealed class RolesJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task A_reviewer_sees_everything_and_can_change_nothing()
    {
        var (_, tokenId) = await Signet.Administrator.MintAsync($"reviewed-{Guid.CreateVersion7():N}");
        await SignInAsAsync("reviewer");

        foreach (var (path, heading) in new[] { ("/", "Overview"), ("/tokens", "Tokens"), ("/sessions", "Sessions"), ("/operators", "Operators") })
        {
            await OpenAsync(path, heading);
        }

        await Page.GotoAsync($"/tokens/{tokenId}");
        await Heading("Token of reviewed").WaitForAsync();
        await Assertions.Expect(Button("Revoke")).ToHaveCountAsync(0);
        await OpenAsync("/operators", "Operators");
        await Assertions.Expect(Link("New operator")).ToHaveCountAsync(0);
        await OpenAsync("/tokens", "Tokens");
        await Assertions.Expect(Link("Mint")).ToHaveCountAsync(0);
        await Assertions.Expect(Button("Export")).ToBeVisibleAsync();
        Assert.Equal(403, (await Page.GotoAsync("/mint"))!.Status);
        Assert.Equal(403, (await Page.GotoAsync("/operators/new"))!.Status);
    }

    [Fact]
    public async Task Support_inspects_revokes_one_token_with_a_reason_and_exports_nothing()
    {
        var subject = $"supported-{Guid.CreateVersion7():N}";
        var (token, tokenId) = await Signet.Administrator.MintAsync(subject);
        await SignInAsAsync("support");

        await OpenAsync("/inspect", "Inspector");
        await Page.Locator("textarea").First.FillAsync(token);
        await Assertions.Expect(Page.GetByText("good here and now").First).ToBeVisibleAsync();

        await OpenAsync($"/tokens?subject={subject}", "Tokens");
        await Assertions.Expect(Button("Export")).ToHaveCountAsync(0);
        await Page.GotoAsync($"/tokens/{tokenId}");
        await Button("Revoke").First.ClickAsync();
        await Page.GiveReasonAsync("Revoke", "the caller lost the laptop");
        await Assertions.Expect(Page.GetByText("the caller lost the laptop").First).ToBeVisibleAsync();
        Assert.Equal("TOKEN_REVOKED", await Signet.Anybody.RefusalOfAsync(token));
        var entry = (await Signet.Administrator.GetJsonAsync($"/dashboard/audit?action=token.revoked&object={tokenId}")).GetProperty("items")[0];
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(entry.GetProperty("ip").GetString()!)));
        Assert.Equal(403, (await Page.GotoAsync("/operators"))!.Status);
    }

    private ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name });

    private async Task SignInAsAsync(string role)
    {
        var name = $"{role}-{Guid.CreateVersion7():N}";
        var (_, password) = await Signet.Administrator.AddOperatorAsync(name, role);
        await Page.SignInFirstAsync(name, password);
    }
}
