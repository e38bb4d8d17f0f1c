using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>Answers the dialog that stands before an act.</summary>
internal static class Reasons
{
    /// <summary>Says why, and goes on with the act.</summary>
    public static async Task GiveReasonAsync(this IPage page, string action, string reason = "a test of the act")
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = action }).ClickAsync();
    }
}
