using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Pages;

/// <summary>The login form as a person sees it.</summary>
internal sealed class SignInPage(IPage page)
{
    public ILocator Alert => page.GetByRole(AriaRole.Alert);

    public ILocator UserName => page.GetByLabel("User name");

    public static async Task<SignInPage> OpenAsync(IPage page, string path = "/login")
    {
        await page.GotoAsync(path);
        return new SignInPage(page);
    }

    public async Task SubmitAsync(string userName, string password)
    {
        await UserName.FillAsync(userName);
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
