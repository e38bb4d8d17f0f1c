using Bunit;
using Dashboard.Clients.Registration;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Clients.Pages;

/// <summary>Who may register clients, and the tokens that let somebody do it.</summary>
public sealed class RegistrationPageTests : ClientPageTest
{
    private static readonly Actor Command = Actor.OfCommand("root");

    public RegistrationPageTests()
    {
        Services.AddSingleton(_ => Core.Get<RegistrationPolicies>());
        Services.AddSingleton(_ => Core.Get<InitialAccessTokens>());
        Services.AddSingleton(_ => Core.Get<IOptions<ClientOptions>>());
    }

    private RegistrationPolicies Policies => Core.Get<RegistrationPolicies>();

    [Fact]
    public async Task The_policy_is_changed_with_a_reason()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<RegistrationPage>("/clients/registration");
        await page.InvokeAsync(() => page.Find("input[value=approval]").Change("approval"));
        page.Find("#scopes").Input("files:read notes:*");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a queue");

        page.WaitForAssertion(() => Assert.Equal(RegistrationMode.Approval, Policies.Current.Mode));
        Assert.Equal(["files:read", "notes:*"], Policies.Current.AllowedScopes);
        page.WaitForAssertion(() => Assert.True(page.Find("button[type=submit]").HasAttribute("disabled")));
    }

    [Fact]
    public async Task Opening_to_everybody_wants_a_word_typed()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<RegistrationPage>("/clients/registration");
        await page.InvokeAsync(() => page.Find("input[value=open]").Change("open"));

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "everybody", "OPEN");

        page.WaitForAssertion(() => Assert.Equal(RegistrationMode.Open, Policies.Current.Mode));
    }

    [Fact]
    public async Task Scopes_of_administrators_are_refused_at_their_field()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<RegistrationPage>("/clients/registration");
        page.Find("#scopes").Input("admin");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "why not");

        page.WaitForAssertion(() => Assert.Contains("admin", page.Find("#scopes-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(Policies.Current.AllowedScopes);
    }

    [Fact]
    public async Task What_is_typed_stays_when_somebody_else_changes_the_policy()
    {
        var page = Show<RegistrationPage>("/clients/registration");
        page.Find("#scopes").Input("mine");

        await Policies.ChangeAsync(Policies.Current with { Mode = RegistrationMode.Off }, "closed", Command, Stop);

        page.WaitForAssertion(() => Assert.Contains("Somebody else changed the policy", page.Markup, StringComparison.Ordinal));
        Assert.Equal("mine", page.Find("#scopes").GetAttribute("value"));
        await ClickAsync(page, "Show theirs");
        Assert.Equal("", page.Find("#scopes").GetAttribute("value"));
        Assert.True(page.Find("input[value=off]").HasAttribute("checked"));
    }

    [Fact]
    public async Task An_initial_access_token_is_made_shown_once_and_revoked()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<RegistrationPage>("/clients/registration");
        await ClickAsync(page, "New token");
        page.Find("#label").Input("Mobile team");
        page.Find("#uses").Input("3");

        await page.InvokeAsync(() => page.FindAll("form")[1].Submit());
        Answer(dialogs, "mobile");

        var token = page.WaitForElement("pre[aria-label='Initial access token']").TextContent;
        Assert.StartsWith("sgt_iat_", token, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("0 of 3", page.Markup, StringComparison.Ordinal));
        await ClickAsync(page, "I have passed it on");
        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
        await ClickAsync(page, "Revoke");
        Answer(dialogs, "no longer");

        page.WaitForAssertion(() => Assert.Contains("No initial access token", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await Core.Get<InitialAccessTokens>().ListAsync(Stop));
    }

    [Fact]
    public async Task Whoever_may_only_look_sees_the_policy_in_words()
    {
        await Core.Get<InitialAccessTokens>().CreateAsync("Mobile team", null, null, "mobile", Command, Stop);
        SignInAs(Roles.Reviewer);

        var page = Show<RegistrationPage>("/clients/registration");

        Assert.Contains("With a token", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Mobile team", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form, button"));
    }
}
