namespace Dashboard.SignIn;

/// <summary>
/// Always Secure, also over http on this machine: browsers take such a cookie from localhost, but the antiforgery system
/// refuses to issue one over http when told <see cref="CookieSecurePolicy.Always"/>.
/// </summary>
internal sealed class SecureCookieBuilder : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
