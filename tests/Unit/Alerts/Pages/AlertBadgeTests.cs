using Bunit;
using Dashboard.Alerts;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts.Pages;

/// <summary>The mark in the top bar, and the message when an alert opens.</summary>
public sealed class AlertBadgeTests : PageTest
{
    public AlertBadgeTests()
    {
        Services.AddAlertPages();
        Services.AddSingleton(_ => Core.Get<AlertBook>());
    }

    private AlertBook Book => Core.Get<AlertBook>();

    private Toasts Toasts => Services.GetRequiredService<Toasts>();

    [Fact]
    public async Task Badge_says_how_many_wait_and_goes_when_none_does()
    {
        var alert = await RaiseAsync("a");
        var badge = Render<AlertBadge>();

        badge.WaitForAssertion(() => Assert.Equal("1alert", badge.Find("a[href='/alerts']").TextContent.Trim()));
        Assert.Empty(Toasts.Shown);
        await Book.AcknowledgeAsync(alert.Id, "on it", AlertBuilder.Admin, Stop);
        Core.Clock.Advance(TimeSpan.FromSeconds(1));

        badge.WaitForAssertion(() => Assert.Empty(badge.FindAll("a")));
    }

    [Fact]
    public async Task Alert_that_opens_is_told_of_once_with_a_link()
    {
        var (badge, host) = (Render<AlertBadge>(), Render<ToastHost>());
        await StartedAsync();

        var alert = await RaiseAsync("a");
        await SeenAsync(badge, "1alert");
        await Book.RaiseAsync(AlertBuilder.Draft("a"), Stop);
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await RaiseAsync("b");
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await SeenAsync(badge, "2alerts");

        Assert.Equal(2, Toasts.Shown.Count);
        Assert.Equal($"/alerts/{alert.Id}", Toasts.Shown[0].Href);
        host.WaitForAssertion(() => Assert.Equal("Look at it", host.Find(".toast.notice a").TextContent));
        await host.InvokeAsync(() => host.Find(".toast.notice a").Click());
        Assert.Single(Toasts.Shown);
    }

    [Fact]
    public async Task Many_at_once_are_few_messages()
    {
        var badge = Render<AlertBadge>();
        await StartedAsync();
        SignInAs(Roles.Support);
        for (var number = 0; number < 9; number++)
        {
            await Book.RaiseAsync(AlertBuilder.Draft($"key {number}") with { Times = 1 }, Stop);
        }

        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await SeenAsync(badge, "9alerts");

        Assert.InRange(Toasts.Shown.Count, 1, 4);
        Assert.Contains(Toasts.Shown, toast => toast.Text.EndsWith("more alerts opened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Muted_alert_is_told_to_nobody()
    {
        await Book.MuteAsync(AlertBuilder.Kind, null, Core.Clock.GetUtcNow().AddHours(1), "known", AlertBuilder.Admin, Stop);
        var badge = Render<AlertBadge>();
        await StartedAsync();

        await RaiseAsync("muted");
        await Book.RaiseAsync(AlertBuilder.Draft("loud", AlertKinds.KeyRevoked), Stop);
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await SeenAsync(badge, "1alert");

        Assert.Single(Toasts.Shown);
    }

    private async Task<Alert> RaiseAsync(string key) => (await Book.RaiseAsync(AlertBuilder.Draft(key), Stop)).Alert;

    // Listening, and in the pause after its first look.
    private async Task StartedAsync()
    {
        await Eventually.TrueAsync(() => Feed.ReaderCount > 0 && Core.Clock.WaitingTimers > 0);
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static Task SeenAsync(IRenderedComponent<AlertBadge> badge, string text)
    {
        badge.WaitForAssertion(() => Assert.Equal(text, badge.Find("a").TextContent.Trim()));
        return Task.CompletedTask;
    }
}
