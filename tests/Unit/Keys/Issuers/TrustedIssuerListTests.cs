using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Keys;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>The list of trusted issuers as administrators and others see it.</summary>
public sealed class TrustedIssuerListTests : PageTest
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Keys:TrustedIssuers:0:Issuer"] = "https://login.example.com/realms/main",
        ["Keys:TrustedIssuers:0:JwksUri"] = "https://127.0.0.1:1/keys",
        ["Keys:TrustedIssuers:0:Audiences:0"] = "https://api.example.com",
        ["Keys:TrustedIssuers:0:Algorithms:0"] = "RS256",
        ["Keys:TrustedIssuers:1:Issuer"] = "https://ci.example.com",
        ["Keys:TrustedIssuers:1:Secret"] = "kQ4-a9zLm2_Xv7bT0eYw6RcU3sHd8JfN",
        ["Keys:TrustedIssuers:1:Audiences:0"] = "deploy",
        ["Keys:TrustedIssuers:1:Algorithms:0"] = "HS256",
    };

    [Fact]
    public void Each_is_shown_with_its_state_in_words_and_no_secret()
    {
        var list = Render<TrustedIssuerList>();

        Assert.Equal(["login.example.com", "ci.example.com"], list.FindAll("h3").Select(item => item.TextContent));
        Assert.Equal(["Never fetched", "In the settings"], list.FindAll(".status").Select(item => item.TextContent.Trim()));
        Assert.Contains("a shared secret", list.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("kQ4-", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetching_asks_why_and_shows_what_came_of_it()
    {
        var dialogs = Render<DialogHost>();
        var toasts = Render<ToastHost>();
        var list = Render<TrustedIssuerList>();

        await list.InvokeAsync(() => list.Find("button[aria-label^='Fetch the keys of login.example.com']").Click());
        dialogs.WaitForElement("textarea").Input("they rotated");
        dialogs.Find("form").Submit();

        list.WaitForAssertion(() => Assert.Equal("Unreachable", list.FindAll(".status")[0].TextContent.Trim()));
        Assert.Contains("leads to no public address", list.Markup, StringComparison.Ordinal);
        toasts.WaitForAssertion(() => Assert.Contains("cannot be fetched", toasts.Markup, StringComparison.Ordinal));
        Assert.Equal("issuer.keys_fetched", (await Core.Get<AuditLog>().FindNewestAsync(Stop))!.Entry.Action);
    }

    [Fact]
    public void Reviewers_see_them_and_fetch_nothing_and_support_sees_nothing()
    {
        SignInAs(Roles.Reviewer);
        var list = Render<TrustedIssuerList>();
        Assert.Equal(2, list.FindAll("h3").Count);
        Assert.Empty(list.FindAll("button[aria-label^='Fetch']"));

        SignInAs(Roles.Support);
        Assert.Empty(Render<TrustedIssuerList>().FindAll("section"));
    }
}

/// <summary>The list where nobody else is trusted.</summary>
public sealed class EmptyTrustedIssuerListTests : PageTest
{
    [Fact]
    public void It_says_how_to_trust_somebody() =>
        Assert.Contains("Keys:TrustedIssuers", Render<TrustedIssuerList>().Find(".empty").TextContent, StringComparison.Ordinal);
}
