using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Hosting;

namespace Dashboard.Alerts;

/// <summary>Finds an alert by its id, and rules by what is in their name.</summary>
internal sealed class AlertPaletteSource(AlertBook book, AlertRules rules, CurrentOperator current) : IPaletteSource
{
    private const string IdPrefix = "alert_";
    private const string Group = "Alerts";
    private const int Most = 5;
    private const int LongestText = 100;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length is < 2 or > LongestText || !await current.MayAsync(Right.ReadAlerts))
        {
            return [];
        }

        if (text.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            return await book.FindAsync(text, cancellationToken) is { } alert
                ? [new PaletteItem(alert.Title, AlertWords.StatusOf(alert), AlertsAddress.OfAlert(alert.Id), Group)]
                : [];
        }

        return
        [
            .. (await rules.ListAsync(cancellationToken))
                .Where(rule => rule.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(Most)
                .Select(rule => new PaletteItem(rule.Name, rule.Describe(), AlertsAddress.OfRule(rule.Id), Group)),
        ];
    }
}
