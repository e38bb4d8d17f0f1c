namespace Dashboard.Controls;

/// <summary>Strokes on a 16 by 16 grid, 1.5 wide. Bundled as markup: no icon font, no request.</summary>
internal static class IconPaths
{
    private const string Disc = """<circle cx="8" cy="8" r="6.25"/>""";

    public static string Of(IconName name) => name switch
    {
        IconName.Overview => """<rect x="2" y="2" width="5" height="6.5" rx="1"/><rect x="9" y="2" width="5" height="4" rx="1"/><rect x="2" y="10.5" width="5" height="3.5" rx="1"/><rect x="9" y="8" width="5" height="6" rx="1"/>""",
        IconName.Tokens => """<path d="M8 1.75 13.5 4.9v6.2L8 14.25 2.5 11.1V4.9z"/><circle cx="8" cy="8" r="2"/>""",
        IconName.Inspector => """<path d="M2 5V3.5A1.5 1.5 0 0 1 3.5 2H5M2 11v1.5A1.5 1.5 0 0 0 3.5 14H5M14 5V3.5A1.5 1.5 0 0 0 12.5 2H11"/><circle cx="8.5" cy="8.5" r="3"/><path d="m10.75 10.75 3.25 3.25"/>""",
        IconName.Mint => """<path d="M3 13.75h10M3.5 11.25h9l-.6-2.1a1 1 0 0 0-1-.75H9.5c-.3-1.2.9-2 .9-3.6a2.4 2.4 0 0 0-4.8 0c0 1.6 1.2 2.4.9 3.6H5.1a1 1 0 0 0-1 .75z"/>""",
        IconName.Failures => """<path d="M2 13.75h12M3.5 11V8M8 11V2.75M12.5 11V6"/>""",
        IconName.Key => """<circle cx="5" cy="11" r="3"/><path d="m7.25 8.75 6-6M11 5l2 2M9.25 6.75l1.25 1.25"/>""",
        IconName.Client => """<rect x="2" y="2.5" width="12" height="11" rx="1.5"/><path d="M2 6h12M4.5 4.25h.01M6.5 4.25h.01"/>""",
        IconName.Agent => """<rect x="2.5" y="5" width="11" height="8" rx="2"/><path d="M8 5V2.5M5.75 8.5v1M10.25 8.5v1"/>""",
        IconName.Audit => """<path d="M4 1.75h5.5L13 5.25v9H4zM9.5 1.75v3.5H13M6.5 8.5h4M6.5 11.25h4"/>""",
        IconName.Webhook => """<circle cx="8" cy="4" r="2.25"/><circle cx="3.75" cy="11.5" r="2.25"/><circle cx="12.25" cy="11.5" r="2.25"/><path d="M6.9 6 4.9 9.6M9.1 6l2 3.6M6 11.5h4"/>""",
        IconName.Session => """<rect x="2" y="2.5" width="12" height="8.5" rx="1.25"/><path d="M5.5 13.75h5M8 11v2.75"/>""",
        IconName.People => """<circle cx="6" cy="5.5" r="2.5"/><path d="M1.75 13.5c.3-2.6 2-4 4.25-4s3.95 1.4 4.25 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.9c1.3.6 2.1 1.8 2.25 3.6"/>""",
        IconName.Settings => """<path d="M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7"/><circle cx="10.75" cy="4.5" r="1.75"/><circle cx="5.25" cy="11.5" r="1.75"/>""",
        IconName.Search => """<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>""",
        IconName.Menu => """<rect x="2" y="2.5" width="12" height="11" rx="1.5"/><path d="M6.25 2.5v11"/>""",
        IconName.Sun => """<circle cx="8" cy="8" r="2.75"/><path d="M8 1.25v1.5M8 13.25v1.5M1.25 8h1.5M13.25 8h1.5M3.25 3.25l1 1M11.75 11.75l1 1M12.75 3.25l-1 1M4.25 11.75l-1 1"/>""",
        IconName.Moon => """<path d="M13.5 9.6A5.75 5.75 0 0 1 6.4 2.5a5.75 5.75 0 1 0 7.1 7.1z"/>""",
        IconName.System => """<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>""",
        IconName.User => """<circle cx="8" cy="5.5" r="2.75"/><path d="M2.75 14c.4-2.9 2.4-4.5 5.25-4.5s4.85 1.6 5.25 4.5"/>""",
        IconName.SignOut => """<path d="M6.5 2.25h-3a1 1 0 0 0-1 1v9.5a1 1 0 0 0 1 1h3M10.5 11l3-3-3-3M13.5 8H6.5"/>""",
        IconName.Share => """<circle cx="4" cy="8" r="1.75"/><circle cx="11.75" cy="3.75" r="1.75"/><circle cx="11.75" cy="12.25" r="1.75"/><path d="m5.5 7.2 4.7-2.6M5.5 8.8l4.7 2.6"/>""",
        IconName.Copy => """<rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.5"/><path d="M10.5 2.5v-.5H3A1 1 0 0 0 2 3v7.5h.5"/>""",
        IconName.Check => """<path d="m3 8.5 3.25 3.25L13 5"/>""",
        IconName.Close => """<path d="m3.75 3.75 8.5 8.5M12.25 3.75l-8.5 8.5"/>""",
        IconName.Previous => """<path d="M10 3.5 5.5 8l4.5 4.5"/>""",
        IconName.Next => """<path d="M6 3.5 10.5 8 6 12.5"/>""",
        IconName.Down => """<path d="M3.5 6 8 10.5 12.5 6"/>""",
        IconName.Plus => """<path d="M8 3v10M3 8h10"/>""",
        IconName.More => """<path d="M3.25 8h.01M8 8h.01M12.75 8h.01" stroke-width="2.25"/>""",
        IconName.Filter => """<path d="M2 4h12M4.5 8h7M6.75 12h2.5"/>""",
        IconName.Download => """<path d="M8 2v8M4.75 7 8 10.25 11.25 7M2.5 13.75h11"/>""",
        IconName.Refresh => """<path d="M13.5 8a5.5 5.5 0 1 1-1.6-3.9l1.6 1.5M13.5 2.25V5.6h-3.35"/>""",
        IconName.External => """<path d="M6.5 3H3.25v9.75H13V9.5M9.5 2.5h4v4M13.25 2.75 7.75 8.25"/>""",
        IconName.Clock => Disc + """<path d="M8 4.5V8l2.25 1.5"/>""",
        IconName.Lock => """<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7"/>""",
        IconName.Passkey => """<circle cx="5.5" cy="5" r="2.5"/><path d="M1.5 13.5c.2-2.7 1.7-4 4-4 .9 0 1.7.2 2.3.6"/><circle cx="11.5" cy="7.5" r="1.75"/><path d="M11.5 9.25v4.5M11.5 12h1.5"/>""",
        IconName.Trash => """<path d="M2.5 4.25h11M6 4.25V2.5h4v1.75M4 4.25l.6 9.5h6.8l.6-9.5"/>""",
        IconName.Info => Disc + """<path d="M8 7.25v3.5M8 5h.01"/>""",
        IconName.Bell => """<path d="M8 1.75v1M3.75 11V7.25a4.25 4.25 0 0 1 8.5 0V11l1.25 1.5h-11zM6.5 14.25h3"/>""",
        IconName.BellOff => """<path d="M3.75 11V7.25c0-.9.3-1.75.75-2.4M6 3.5a4.25 4.25 0 0 1 6.25 3.75V9.5M11 12.5H2.5L3.75 11M6.5 14.25h3M2.5 2l11 12"/>""",
        IconName.Warning => """<path d="M8 2.25 14.25 13.5H1.75zM8 6.75v3M8 11.75h.01"/>""",
        IconName.Refused => Disc + """<path d="m5.75 5.75 4.5 4.5M10.25 5.75l-4.5 4.5"/>""",
        IconName.Success => Disc + """<path d="m5.25 8.25 2 2 3.5-4"/>""",
        IconName.Empty => """<path d="M2 9.5 4 3h8l2 6.5v4H2zM2 9.5h3.5l1 1.75h3l1-1.75H14"/>""",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No drawing for this icon."),
    };
}
