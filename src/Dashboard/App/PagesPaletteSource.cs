using Dashboard.Controls;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.App;

/// <summary>Offers the pages of the navigation that the operator may open.</summary>
internal sealed class PagesPaletteSource(
    AuthenticationStateProvider authentication, IAuthorizationService authorization) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        List<PaletteItem> found = [];
        foreach (var item in NavItems.All.Where(item => Matches(item, text)))
        {
            if (await MayOpenAsync(item))
            {
                found.Add(new PaletteItem(item.Title, item.Hint, item.Href, "Pages"));
            }
        }

        return found;
    }

    private static bool Matches(NavItem item, string text) =>
        item.Title.Contains(text, StringComparison.OrdinalIgnoreCase)
        || item.Hint.Contains(text, StringComparison.OrdinalIgnoreCase);

    private async Task<bool> MayOpenAsync(NavItem item)
    {
        if (item.Policy is null)
        {
            return true;
        }

        var state = await authentication.GetAuthenticationStateAsync();
        return (await authorization.AuthorizeAsync(state.User, item.Policy)).Succeeded;
    }
}
