using System.Text.Json;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>Operators beside the administrator.</summary>
internal static class People
{
    public const string Password = "another long enough password";

    /// <summary>Creates an operator; gives their id and the generated password.</summary>
    public static async Task<(string Id, string Password)> AddOperatorAsync(this HttpClient administrator, string name, string role)
    {
        var made = await administrator.PostJsonAsync("/dashboard/operators", new { username = name, role, reason = "a test" }, 201);
        return (made.GetProperty("id").GetString()!, made.GetProperty("password").GetString()!);
    }

    /// <summary>Signs in for the first time and chooses <see cref="Password"/>, as everybody new must.</summary>
    public static async Task SignInFirstAsync(this IPage page, string name, string generated)
    {
        await (await SignInPage.OpenAsync(page)).SubmitAsync(name, generated);
        await page.ChooseOwnPasswordAsync(generated);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
    }

    /// <summary>Changes the generated password into <see cref="Password"/> where everybody new is led to.</summary>
    public static async Task ChooseOwnPasswordAsync(this IPage page, string generated)
    {
        await page.WaitForURLAsync("**/change-password*");
        await page.GetByLabel("Current password").FillAsync(generated);
        await page.GetByLabel("New password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByLabel("New password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change password" }).ClickAsync();
    }

    /// <summary>Reads the operator as the API shows them.</summary>
    public static Task<JsonElement> FindOperatorAsync(this HttpClient administrator, string id) =>
        administrator.GetJsonAsync($"/dashboard/operators/{id}");
}
