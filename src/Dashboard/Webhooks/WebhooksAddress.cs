using Dashboard.Controls;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Webhooks;

/// <summary>Where the pages of webhooks are.</summary>
internal static class WebhooksAddress
{
    public const string Path = "/webhooks";

    /// <summary>No id is this: all begin with <c>wh_</c>.</summary>
    public const string New = Path + "/new";

    public static string OfWebhook(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>A page of what was sent to a webhook.</summary>
    public static string OfDeliveries(string id, ListPosition position) => position.AddTo(OfWebhook(id));

    public static ListPosition PositionIn(string uri) => ListPosition.Read(QueryHelpers.ParseQuery(new Uri(uri).Query));
}
