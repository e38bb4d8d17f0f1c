using Bunit;
using Dashboard.Hosting;
using Dashboard.ProblemPages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.ProblemPages;

public sealed class ProblemPageTests : BunitContext
{
    [Fact]
    public void Page_of_a_slug_shows_its_text()
    {
        var page = Render<ProblemPage>(parameters => parameters.Add(page => page.Slug, "token-invalid"));

        Assert.Equal("Invalid or Expired Token", page.Find("h1").TextContent);
        Assert.Equal("TOKEN_EXPIRED", page.Find("#token_expired").TextContent);
    }

    [Fact]
    public void Unknown_slug_is_not_found()
    {
        var asked = false;
        Services.GetRequiredService<NavigationManager>().OnNotFound += (_, _) => asked = true;

        Render<ProblemPage>(parameters => parameters.Add(page => page.Slug, "../secrets"));

        Assert.True(asked);
    }

    [Fact]
    public void Index_links_every_problem()
    {
        var page = Render<ProblemIndexPage>();

        Assert.Equal(
            ProblemCatalogue.Kinds.Select(kind => $"/docs/problems/{kind.Slug}"),
            page.FindAll("tbody a").Select(link => link.GetAttribute("href")));
        Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.Contains($">{code.Name}<", page.Markup, StringComparison.Ordinal));
    }
}
