using AngleSharp.Dom;
using Bunit;
using Dashboard.Controls;
using Dashboard.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Settings.Pages;

/// <summary>What scopes grant, what needs them, and what some of them may do.</summary>
public sealed class ScopesTabTests : SettingsPageTest
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Scopes:Hierarchy:admin:0"] = "premium",
        ["Scopes:Hierarchy:premium:0"] = "basic",
        ["Scopes:Resources:reports:0"] = "basic",
        ["OAuth:ProtectedResources:0:Resource"] = "https://files.example.com",
        ["OAuth:ProtectedResources:0:Name"] = "Files <b>store</b>",
        ["OAuth:ProtectedResources:0:Scopes:0"] = "files:read",
    };

    [Fact]
    public void Each_scope_is_shown_with_all_that_it_grants_and_by_what()
    {
        var page = Show("?tab=scopes");

        var admin = Row(page, "admin");
        Assert.Equal(["premium", "basic by admin → premium"], admin.QuerySelectorAll("li").Select(item => item.TextContent.Trim()));
        Assert.Equal("Scopes:Hierarchy:admin", admin.QuerySelector("a")!.TextContent);
        Assert.Equal("/settings?tab=configuration&q=Scopes%3AHierarchy", admin.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("set in code", admin.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_resource_is_shown_with_what_it_needs_and_nothing_is_said_of_what_nobody_tried()
    {
        var page = Show("?tab=scopes");

        Assert.Contains("https://files.example.com", Row(page, "Files <b>store</b>").TextContent, StringComparison.Ordinal);
        Assert.Contains("files:read", Row(page, "Files <b>store</b>").TextContent, StringComparison.Ordinal);
        Assert.Contains("basic", Row(page, "reports").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("With these scopes", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_in_the_address_are_tried()
    {
        var page = Show("?tab=scopes&held=premium,other");

        Assert.Equal(
            ["premium held", "other held", "basic by premium"],
            page.FindAll("[aria-label='Granted scopes'] li").Select(item => item.TextContent.Trim()));
        Assert.Equal("Allowed", Row(page, "reports").QuerySelector(".status")!.TextContent.Trim());
        Assert.Contains("missing files:read", Row(page, "Files <b>store</b>").TextContent, StringComparison.Ordinal);
        Assert.Contains("open 1 resource of 2", page.Find(".trial [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_stands_in_the_address()
    {
        var page = Show("?tab=scopes");

        await page.InvokeAsync(() => page.FindComponent<SearchField>().Instance.ValueChanged.InvokeAsync("files:* read"));

        Assert.EndsWith(
            "/settings?tab=scopes&held=files%3A*%20read", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static IElement Row(IRenderedComponent<SettingsPage> page, string name) =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == name);
}
