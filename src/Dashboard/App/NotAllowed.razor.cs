using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.App;

/// <summary>What somebody sees in place of a page that is not for their role.</summary>
public sealed partial class NotAllowed(NavigationManager navigation)
{
    // Whoever may not see the overview starts with their account: they did not ask for the overview, only for Signet. Not
    // before it is rendered: the router would still be at the old address.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && new Uri(navigation.Uri).AbsolutePath is Landing.Overview)
        {
            navigation.NavigateTo(Landing.OwnAccount, replace: true);
        }
    }
}
