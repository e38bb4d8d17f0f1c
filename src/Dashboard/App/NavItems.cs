using Dashboard.Controls;
using Dashboard.Core.Access;

namespace Dashboard.App;

/// <summary>One line of the navigation and of the palette. <see cref="Hint"/> is what the palette says beside it.</summary>
public sealed record NavItem(string Group, string Title, string Href, IconName Icon, string Hint, string? Policy = null);

/// <summary>The pages that navigation and palette offer, in order. A new page adds one line.</summary>
public static class NavItems
{
    public static IReadOnlyList<NavItem> All { get; } =
    [
        new("Watch", "Overview", "/", IconName.Overview, "Health, failures, what expires, what changed", nameof(Right.ReadTokens)),
        new("Watch", "Failures", "/failures", IconName.Failures, "What is refused, since when, and whose it is", nameof(Right.ReadTokens)),
        new("Watch", "Alerts", "/alerts", IconName.Bell, "What somebody should look at, and the rules for it", nameof(Right.ReadAlerts)),
        new("Watch", "Audit", "/audit", IconName.Audit, "Who changed what, and whether the log is whole", nameof(Right.ReadAudit)),
        new("Watch", "Webhooks", "/webhooks", IconName.Webhook, "Who is told of alerts, and whether it arrives", nameof(Right.ReadWebhooks)),
        new("Tokens", "Tokens", "/tokens", IconName.Tokens, "Every token that was issued", nameof(Right.ReadTokens)),
        new("Tokens", "Inspector", "/inspect", IconName.Inspector, "Why a token is refused", nameof(Right.ReadTokens)),
        new("Tokens", "Mint", "/mint", IconName.Mint, "Issue a token by hand", nameof(Right.ManageTokens)),
        new("Secrets", "Keys", "/keys", IconName.Key, "What signs tokens, and what runs out soon", nameof(Right.ReadKeys)),
        new("Secrets", "Clients", "/clients", IconName.Client, "Applications that may ask for tokens", nameof(Right.ReadClients)),
        new("Secrets", "Agents", "/agents", IconName.Agent, "Programs that registered themselves, and their keys", nameof(Right.ReadAgents)),
        new("People", "Sessions", "/sessions", IconName.Session, "Who is signed in, and where", nameof(Right.OwnAccount)),
        new("People", "Operators", "/operators", IconName.People, "Who may sign in, and what they may do", nameof(Right.ReadOperators)),
        new("People", "Account", "/account", IconName.User, "Your password and second factors", nameof(Right.OwnAccount)),
        new("System", "Settings", "/settings", IconName.Settings, "How safely it is set up, every setting, storage and nodes", nameof(Right.ReadSettings)),
    ];

    public static IEnumerable<IGrouping<string, NavItem>> ByGroup { get; } =
        [.. All.GroupBy(item => item.Group, StringComparer.Ordinal)];
}
