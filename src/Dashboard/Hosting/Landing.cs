using System.Security.Claims;
using Dashboard.Core.Access;

namespace Dashboard.Hosting;

/// <summary>Where people begin: operators with the overview, whoever may not see it with their own account.</summary>
internal static class Landing
{
    public const string Overview = "/";

    public const string OwnAccount = "/account";

    /// <summary>True for somebody who asks for the overview, may not see it, and has an account to see instead.</summary>
    public static bool IsElsewhere(HttpRequest request, ClaimsPrincipal user) =>
        request.IsNavigation
        && request.Path == Overview
        && !AccessTable.Allows(user.Role(), Right.ReadTokens)
        && AccessTable.Allows(user.Role(), Right.OwnAccount);
}
