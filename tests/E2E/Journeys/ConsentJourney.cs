using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>A program asks to act for somebody, and they decide.</summary>
public sealed class ConsentJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    private const string Ask = "Allow access?";
    private const string State = "a state & +more=";

    [Fact]
    public async Task An_operator_signs_in_for_a_program_and_lets_it_act_for_them()
    {
        using var app = await ClientApp.RegisterAsync(Signet.Administrator, "Note taker");
        await (await SignInPage.OpenAsync(Page, app.AddressFor(State))).SubmitAsync("admin", SignetProcess.Password);
        await Heading(Ask).WaitForAsync();

        await Assertions.Expect(Page.GetByText(new Uri(app.Redirect).Authority)).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Note taker", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Unverified", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("Read and change files")).ToBeVisibleAsync();
        await AssertAccessibleAsync();
        await Button("Allow").ClickAsync();

        var answer = await app.WaitForAnswerAsync();
        Assert.Equal((State, Signet.Process.Address.ToString().TrimEnd('/')), (answer["state"], answer["iss"]));
        Assert.True(answer["code"].Length >= 43);
        await Heading("Back in the program").WaitForAsync();

        // Going back asks anew: what was signed is good once.
        await Page.GoBackAsync();
        await Heading(Ask).WaitForAsync();
        await Button("Deny").ClickAsync();
        Assert.Equal("access_denied", (await app.WaitForAnswerAsync())["error"]);
        await Heading("Back in the program").WaitForAsync();
    }

    [Fact]
    public async Task Nothing_can_be_allowed_before_the_browser_can_sign_it()
    {
        using var app = await ClientApp.RegisterAsync(Signet.Administrator, "Hasty");
        var script = new TaskCompletionSource();
        await Page.RouteAsync("**/js/consent*.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await (await SignInPage.OpenAsync(Page, app.AddressFor(State))).SubmitAsync("admin", SignetProcess.Password);

        await Assertions.Expect(Button("Allow")).ToBeDisabledAsync();
        await Assertions.Expect(Button("Deny")).ToBeEnabledAsync();
        script.SetResult();
        await Button("Allow").ClickAsync();

        Assert.Contains("code", (await app.WaitForAnswerAsync()).Keys);
        await Heading("Back in the program").WaitForAsync();
    }

    [Fact]
    public async Task A_subject_chooses_a_password_allows_and_finds_nothing_else_here()
    {
        var name = $"subject-{Guid.CreateVersion7():N}";
        var (_, generated) = await Signet.Administrator.AddOperatorAsync(name, "subject");
        using var app = await ClientApp.RegisterAsync(Signet.Administrator, "Calendar");
        await (await SignInPage.OpenAsync(Page, app.AddressFor(State))).SubmitAsync(name, generated);
        await Page.ChooseOwnPasswordAsync(generated);
        await Heading(Ask).WaitForAsync();
        await Assertions.Expect(Page.GetByText(name)).ToBeVisibleAsync();
        await Button("Allow").ClickAsync();
        Assert.Contains("code", (await app.WaitForAnswerAsync()).Keys);
        await Heading("Back in the program").WaitForAsync();

        await OpenAsync("/", "Account");
        var menu = Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Main" });
        await Assertions.Expect(menu.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Signet", "Sessions", "Account"]);
        await menu.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Signet" }).ClickAsync();
        await Heading("Account").WaitForAsync();
        Assert.Equal(403, (await Page.GotoAsync("/tokens"))!.Status);
        using var refused = await LogInAtApiAsync(name);
        Assert.Equal("AUTH_REQUIRED", (await refused.ReadAsync(401)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_shows_a_page_and_sends_nobody_there()
    {
        using var app = await ClientApp.RegisterAsync(Signet.Administrator, "Changed link");
        var answer = await Page.GotoAsync(app.AddressFor(State, "https://evil.example/back"));

        Assert.Equal(400, answer!.Status);
        await Heading("This request is not answered").WaitForAsync();
        await AssertAccessibleAsync();
        Assert.StartsWith(Signet.Process.Address.ToString(), Page.Url, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> LogInAtApiAsync(string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { username = name, password = People.Password }),
        };
        request.Headers.Add("X-Client-Fingerprint", SignetProcess.Fingerprint);
        return Signet.Anybody.SendAsync(request, Stop);
    }
}
