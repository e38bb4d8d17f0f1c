namespace Dashboard.SignIn.Proofs;

/// <summary>The address of the page where somebody confirms that a changed browser is theirs.</summary>
internal static class ConfirmAddress
{
    public const string Path = "/confirm";

    /// <summary>The page, which leads back afterwards; whatever is not ours is left out.</summary>
    public static string With(string? returnUrl) =>
        ReturnUrl.Local(returnUrl) is var target && target != ReturnUrl.Home
            ? Path + QueryString.Create("returnUrl", target).ToUriComponent()
            : Path;
}
