using System.Reflection;
using Dashboard.App;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tests.Unit.Architecture;

/// <summary>A page that says nothing is closed, and the few that are open are known by name.</summary>
public sealed class ClosedByDefault
{
    private static readonly string[] Open =
        ["/confirm", "/docs/problems", "/docs/problems/{Slug}", "/error", "/login", "/login/second-factor", "/not-found", "/oauth/authorize"];

    private static IEnumerable<Type> Pages =>
        typeof(AppRoot).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any());

    [Fact]
    public void Every_page_asks_for_a_login_or_is_listed_as_open()
    {
        var open = Pages.Where(page => page.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
            .SelectMany(Routes)
            .Order(StringComparer.Ordinal);

        Assert.Equal(Open, open, StringComparer.OrdinalIgnoreCase);
        Assert.All(Pages, page => Assert.NotEmpty(page.GetCustomAttributes<AuthorizeAttribute>()));
    }

    [Fact]
    public void Every_interactive_page_names_the_right_it_needs() => Assert.All(
        Pages.Where(page => page.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is null),
        page => Assert.Contains(page.GetCustomAttributes<AuthorizeAttribute>(), attribute => attribute.Policy is not null));

    private static IEnumerable<string> Routes(Type page) =>
        page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template);
}
