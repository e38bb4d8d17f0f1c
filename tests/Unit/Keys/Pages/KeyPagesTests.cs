using System.Security.Cryptography;
using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;
using Dashboard.Keys;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Keys.Making;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Dashboard.Tests.Unit.Keys.Pages;

/// <summary>The pages of keys as administrators and others see them.</summary>
public sealed class KeyPagesTests : PageTest
{
    public KeyPagesTests()
    {
        Services.AddRadzenComponents();
        Services.AddKeyPages();
        Services.AddSingleton(_ => Core.Get<KeyRing>());
        Services.AddSingleton(_ => Core.Get<KeyPlan>());
        Services.AddSingleton(_ => Core.Get<IKeyUsage>());
        Services.AddSingleton(_ => Core.Get<KeyUses>());
        Services.AddSingleton(_ => Core.Get<KeyRotation>());
        Services.AddSingleton(_ => Core.Get<KeyRetirement>());
        Services.AddSingleton(_ => Core.Get<KeyMaking>());
        Services.AddSingleton(_ => Core.Get<ClientExpiries>());
        Services.AddSingleton(_ => Core.Get<AgentKeys>());
    }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Keys:OtherAlgorithms:0"] = "HS256",
        ["Keys:RotationInterval"] = "20.00:00:00",
    };

    private KeyRing Ring => Core.Get<KeyRing>();

    [Fact]
    public async Task Keys_are_shown_with_their_state_numbers_and_lives()
    {
        await Core.IssueAsync();
        var page = Show();

        Assert.Equal(4, page.FindAll("tbody tr").Count);
        Assert.Equal(["Current", "Next"], page.FindAll("td.state .status").Select(state => state.TextContent.Trim()).Distinct().Order());
        var row = page.FindAll("tbody tr").Single(line => line.TextContent.Contains(Ring.Current.KeyId[..6], StringComparison.Ordinal));
        Assert.Equal("1", row.QuerySelector("td.live a")!.TextContent);
        Assert.Contains(Ring.Current.KeyId, row.QuerySelector("td.live a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains(page.FindAll("svg[role='img']"), lane => lane.GetAttribute("aria-label")!.Contains("current from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_of_a_system_that_was_taken_over_names_its_issuer()
    {
        const string Issuer = "https://auth.\u202eexample.com";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var import = new KeyImport(MadeElsewhere.Pkcs8(key), null, "of-the-gateway", KeyState.Previous, "taken over");
        Assert.IsType<KeyCreation.Created>(await Core.Get<KeyMaking>().TakeOverAsync(import, Issuer, TokenBuilder.Somebody, Stop));

        var page = Show();

        var row = Assert.Single(page.FindAll("tbody tr"), line => line.TextContent.Contains("taken over from", StringComparison.Ordinal));
        Assert.Contains("of-the-gate", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("auth.\\u{202E}example.com", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.FindAll("svg[role='img']"),
            lane => lane.GetAttribute("aria-label")!.Contains(
                "of-the-gateway, taken over from https://auth.\\u{202E}example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rotation_says_what_survives_and_asks_once_more_where_somebody_may_notice()
    {
        var dialogs = Render<DialogHost>();
        var page = Show();
        var first = Ring.Current.KeyId;

        await page.ClickButtonAsync("Rotate");
        dialogs.WaitForAssertion(() => Assert.Contains("meet an unknown key until", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.ClickButtonAsync("Cancel");
        Assert.Equal(first, Ring.Current.KeyId);

        Core.Clock.Advance(TimeSpan.FromDays(2));
        await Core.IssueAsync();
        SignInAs(Roles.Administrator);
        await page.ClickButtonAsync("Rotate");
        dialogs.WaitForAssertion(() => Assert.Contains("go on being accepted", dialogs.Markup, StringComparison.Ordinal));
        Answer(dialogs, "quarterly");

        page.WaitForAssertion(() => Assert.NotEqual(first, Ring.Current.KeyId));
        Assert.Equal(KeyState.Previous, Ring.Find(first)!.State);
        Assert.Equal("quarterly", (await Core.Get<AuditLog>().FindNewestAsync(Stop))!.Entry.Reason);
    }

    [Fact]
    public async Task Rotate_and_revoke_names_the_tokens_that_it_breaks()
    {
        var issued = await Core.IssueAsync();
        var dialogs = Render<DialogHost>();
        var page = Show();

        await page.ClickButtonAsync("Rotate and revoke…the key may be in other hands");
        dialogs.WaitForAssertion(() => Assert.Contains("1 live token", dialogs.Markup, StringComparison.Ordinal));
        Answer(dialogs, "it leaked");

        await Eventually.TrueAsync(async () => await Core.CodeAsync(issued.Token) is "KEY_REVOKED");
    }

    [Fact]
    public async Task Shared_secret_is_shown_once_and_a_rotation_before_it_is_warned_of()
    {
        var dialogs = Render<DialogHost>();
        var page = Show();

        await page.InvokeAsync(() => page.FindAll(".rings section")[1].QuerySelectorAll("button").Single(button => button.TextContent.Trim() == "Rotate").Click());
        dialogs.WaitForAssertion(() => Assert.Contains("Rotate to a secret that nobody has?", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.ClickButtonAsync("Cancel");
        await page.ClickButtonAsync("Make the next secret…");
        Answer(dialogs, "for the services");

        page.WaitForAssertion(() => Assert.Matches("[A-Za-z0-9]{64}", page.Find("code, pre").TextContent));
        Assert.NotNull(Ring.NextOf(KeyAlgorithm.HS256)!.SharedAt);
        await page.ClickButtonAsync("I have passed it on");
        Assert.DoesNotMatch("[A-Za-z0-9]{64}", page.Markup);
    }

    [Fact]
    public async Task What_runs_out_soon_is_listed_with_a_way_to_it()
    {
        var created = await Core.Get<ClientAdministration>().CreateAsync(
            ClientBuilder.Draft() with { Name = "Short <b>lived</b>", Lifetime = TimeSpan.FromDays(3) }, "test", TokenBuilder.Somebody, Stop);
        var client = Assert.IsType<ClientCreation.Created>(created).Client;

        var page = Show();

        var items = page.FindAll("li").Select(item => item.TextContent).Where(text => text.Contains("in ", StringComparison.Ordinal)).ToList();
        Assert.Contains(items, text => text.Contains("Short <b>lived</b>", StringComparison.Ordinal) && text.Contains("Soon", StringComparison.Ordinal));
        Assert.Contains(items, text => text.Contains("ES256 keys rotate by themselves", StringComparison.Ordinal));
        Assert.Single(page.FindAll($"a[href='/clients/{client.Id}']"));
    }

    [Fact]
    public void Reviewers_see_the_keys_and_change_nothing()
    {
        SignInAs(Roles.Reviewer);

        var page = Show();

        Assert.NotEmpty(page.FindAll("tbody tr"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "Rotate" || button.TextContent.StartsWith("Revoke", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[href='/keys/new']"));
    }

    [Fact]
    public async Task Import_shows_what_is_wrong_at_its_field_and_then_what_came_of_it()
    {
        var dialogs = Render<DialogHost>();
        var page = Render<ImportKeyPage>();
        page.Find("#material").Input("no key at all");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "old system");
        page.WaitForAssertion(() => Assert.Contains("neither a PEM nor a JWK", page.Find("#material-error").TextContent, StringComparison.Ordinal));

        using var theirs = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        page.Find("#material").Input(theirs.ExportPkcs8PrivateKeyPem());
        page.Find("#kid").Input("theirs-1");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "old system");

        page.WaitForAssertion(() => Assert.Contains("The key is in the ring.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(KeyState.Previous, Ring.Find("theirs-1")!.State);
        Assert.DoesNotContain("PRIVATE", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<KeysPage> Show()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/keys");
        return Render<KeysPage>().Loaded();
    }

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        dialogs.Find("form").Submit();
    }
}
