using Dashboard.Core.Sessions;

namespace Dashboard.SignIn;

/// <summary>The address of the login page, with what it needs to know.</summary>
internal static class SignInAddress
{
    public const string Path = "/login";

    public const string SecondStepPath = "/login/second-factor";

    /// <summary>The page that asks for the second factor, which leads back afterwards.</summary>
    public static string SecondStep(string? returnUrl) =>
        SecondStepPath + (ReturnUrl.Local(returnUrl) is var target && target != ReturnUrl.Home
            ? QueryString.Create("returnUrl", target).ToUriComponent()
            : "");

    /// <summary>A page that somebody must fill in first, which leads to the page they asked for afterwards.</summary>
    public static string Before(HttpRequest asked, string page) =>
        HttpMethods.IsGet(asked.Method)
        && ReturnUrl.Local(asked.Path.ToUriComponent() + asked.QueryString.ToUriComponent()) is var target
        && target != ReturnUrl.Home
            ? page + QueryString.Create("returnUrl", target).ToUriComponent()
            : page;

    /// <summary>The login page, which says why, and leads back afterwards.</summary>
    /// <param name="reason">One of <see cref="SignOutNotice"/>'s codes; null to say nothing.</param>
    /// <param name="returnUrl">The address to return to; whatever is not ours is left out.</param>
    public static string With(string? reason, string? returnUrl)
    {
        var query = QueryString.Empty;
        if (ReturnUrl.Local(returnUrl) is var target && target != ReturnUrl.Home)
        {
            query = query.Add("returnUrl", target);
        }

        return Path + (reason is null ? query : query.Add("reason", reason)).ToUriComponent();
    }

    /// <inheritdoc cref="With(string?, string?)"/>
    public static string With(SessionEndReason reason, string? returnUrl) => With(SignOutNotice.CodeOf(reason), returnUrl);
}
