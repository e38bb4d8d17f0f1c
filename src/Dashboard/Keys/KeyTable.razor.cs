using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Keys;
using Dashboard.Hosting.Keys;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Keys;

/// <summary>Every key, with what can be done to it.</summary>
public sealed partial class KeyTable(BrowserTime time, TimeProvider clock)
{
    [Parameter, EditorRequired]
    public IReadOnlyList<KeyRowView> Rows { get; set; } = [];

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<SigningKey> OnRetire { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<SigningKey> OnRevoke { get; set; }

    private static string Capped(KeyRowView row) =>
        row.Usage.LiveTokens.ToString("N0", CultureInfo.InvariantCulture) + (row.Usage.IsCapped ? "+" : "");

    // Null where it can be retired now.
    private DateTimeOffset? NeededUntil(KeyRowView row) =>
        row.Usage.LastExpiryAt is { } last && last > clock.GetUtcNow() ? last : null;
}
