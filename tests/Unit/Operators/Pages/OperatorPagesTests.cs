using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Operators;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Dashboard.Tests.Unit.Operators.Pages;

/// <summary>The list, the form and one operator, as those who may and those who may only look see them.</summary>
public sealed class OperatorPagesTests : PageTest
{
    private static readonly Actor Command = Actor.OfCommand("root");

    public OperatorPagesTests()
    {
        Services.AddRadzenComponents();
        Services.AddOperatorPages();
        Services.AddSingleton(_ => Core.Get<OperatorAdministration>());
        Services.AddSingleton(_ => Core.Get<OperatorUnlocking>());
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task List_shows_everybody_with_state_and_factors_in_words()
    {
        await AddAsync("sue", Roles.Support);
        await AddAsync("rita", Roles.Reviewer);

        var page = Show<OperatorsPage>("/operators");

        Assert.Equal(["rita", "sue"], Names(page));
        Assert.Contains("Must change password", page.Find("td.c-state").TextContent, StringComparison.Ordinal);
        Assert.Contains("No second factor", page.Find("td.c-factors").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("a[href='/operators/new']"));
    }

    [Theory]
    [InlineData("/operators?search=SU", "sue")]
    [InlineData("/operators?role=reviewer", "rita")]
    [InlineData("/operators?role=nonsense", "rita,sue")]
    [InlineData("/operators?search=sue&role=reviewer", "")]
    public async Task Address_decides_who_is_listed(string address, string names)
    {
        await AddAsync("sue", Roles.Support);
        await AddAsync("rita", Roles.Reviewer);

        Assert.Equal(names, string.Join(',', Names(Show<OperatorsPage>(address))));
    }

    [Fact]
    public async Task List_follows_changes_by_itself()
    {
        await AddAsync("sue", Roles.Support);
        var page = Show<OperatorsPage>("/operators");

        await AddAsync("rita", Roles.Reviewer);

        page.WaitForAssertion(() => Assert.Equal(["rita", "sue"], Names(page)));
    }

    [Fact]
    public async Task Reviewers_see_everything_and_are_offered_nothing()
    {
        var sue = await AddAsync("sue", Roles.Support);
        SignInAs(Roles.Reviewer);

        Assert.Empty(Show<OperatorsPage>("/operators").FindAll("a[href='/operators/new']"));
        var page = ShowOne(sue.Id);

        Assert.Contains("Created", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.danger"));
    }

    [Fact]
    public async Task Own_account_is_not_changed_here_and_the_page_says_why()
    {
        var alice = await AddAsync("alice", Roles.Administrator);

        var page = ShowOne(alice.Id);

        Assert.Contains("This is your own account", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.danger"));
    }

    [Fact]
    public void Unknown_operator_leads_back_to_the_list() =>
        Assert.NotNull(ShowOne("nobody").Find(".empty a[href='/operators']"));

    [Fact]
    public async Task Reset_shows_the_password_until_it_was_passed_on()
    {
        var sue = await AddAsync("sue", Roles.Support);
        var dialogs = Render<DialogHost>();
        var page = ShowOne(sue.Id);

        await ClickAsync(page, "Reset sign-in");
        Answer(dialogs, "lost the phone");

        var password = page.WaitForElement("pre[aria-label=Password]").TextContent;
        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", password);
        Assert.DoesNotContain(password, Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("lost the phone", page.Find("section.card li").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, "I have passed it on");
        Assert.DoesNotContain(password, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_asks_first_and_names_what_survives()
    {
        var sue = await AddAsync("sue", Roles.Support);
        var dialogs = Render<DialogHost>();
        var page = ShowOne(sue.Id);

        await ClickAsync(page, "Disable");
        dialogs.WaitForAssertion(() => Assert.Contains("until it is enabled again", dialogs.Markup, StringComparison.Ordinal));
        Answer(dialogs, "left the company");

        page.WaitForAssertion(() => Assert.Contains("Disabled", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.False(Core.Get<OperatorDirectory>().Find(sue.Id)!.IsEnabled);
    }

    [Fact]
    public void A_name_that_is_none_is_named_at_its_field()
    {
        var page = Render<NewOperatorPage>();
        page.Find("#username").Input("a b");

        page.Find("form").Submit();

        Assert.Contains("must be 1 to 128", page.Find("#username-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_operator_gets_a_password_that_is_shown_once()
    {
        var dialogs = Render<DialogHost>();
        var page = Render<NewOperatorPage>();
        page.Find("#username").Input("sue");
        page.Find("input[value=reviewer]").Change("reviewer");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a new colleague");

        var password = page.WaitForElement("pre[aria-label=Password]").TextContent;
        Assert.Equal(Roles.Reviewer, Core.Get<OperatorDirectory>().FindByName("sue")!.Role);
        await ClickAsync(page, "Create another");
        Assert.DoesNotContain(password, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_a_page_ends_its_subscriptions()
    {
        var sue = await AddAsync("sue", Roles.Support);
        var before = Feed.ReaderCount;
        Show<OperatorsPage>("/operators");
        ShowOne(sue.Id);

        await DisposeComponentsAsync();

        Assert.Equal(before, Feed.ReaderCount);
    }

    private async Task<OperatorAccount> AddAsync(string name, string role) => Assert.IsType<OperatorCreation.Created>(
        await Core.Get<OperatorAdministration>().CreateAsync(name, role, null, "a test", Command, Stop)).Operator;

    private IRenderedComponent<TPage> Show<TPage>(string address)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>();
    }

    private IRenderedComponent<OperatorPage> ShowOne(string id)
    {
        var page = Render<OperatorPage>(parameters => parameters.Add(item => item.Id, id));
        page.WaitForElement(".facts, .empty");
        return page;
    }

    private static IEnumerable<string> Names(IRenderedComponent<OperatorsPage> page) =>
        page.FindAll("td.c-name a").Select(link => link.TextContent);

    private static Task ClickAsync<TPage>(IRenderedComponent<TPage> page, string button)
        where TPage : IComponent => page.InvokeAsync(() =>
            page.FindAll("button").First(item => item.TextContent.Trim() == button).Click());

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        dialogs.Find("form").Submit();
    }
}
