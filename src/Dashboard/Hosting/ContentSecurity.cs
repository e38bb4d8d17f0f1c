namespace Dashboard.Hosting;

/// <summary>The content security policy of pages.</summary>
internal static class ContentSecurity
{
    private static readonly object FormTarget = new();

    // Scripts: our own files only. No page has an inline script, so not even a nonce is given out, which is stricter:
    // there is none to steal or to reuse.
    // Styles: style elements come from our own files only; 'unsafe-inline' is for style attributes alone, which the
    // component library sets on elements through Blazor's renderer. An attribute can neither load nor run anything that
    // img-src and font-src do not allow.
    private const string BeforeFormAction =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'";

    private const string AfterFormAction = "; frame-ancestors 'none'";

    /// <summary>
    /// Allows the forms of this one answer to lead elsewhere: browsers apply form-action to the redirects after a form
    /// post, too, so the consent page must name the client's redirect address.
    /// </summary>
    public static void AllowFormTarget(this HttpContext context, Uri target) => context.Items[FormTarget] = SourceOf(target);

    public static string PolicyOf(HttpContext context) =>
        context.Items.TryGetValue(FormTarget, out var source)
            ? $"{BeforeFormAction} {source}{AfterFormAction}"
            : BeforeFormAction + AfterFormAction;

    // From the parsed address, whose scheme and authority hold neither space nor semicolon.
    private static string SourceOf(Uri target) =>
        target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp
            ? target.GetLeftPart(UriPartial.Authority)
            : target.Scheme + ":";
}
