using System.Globalization;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>What a rule may be.</summary>
internal static class RuleChecks
{
    private const int LongestName = 100;
    private const int LongestCode = 60;
    private const int LargestThreshold = 1_000_000;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1_440);

    public static IEnumerable<FieldFault> FaultsOf(AlertRuleDraft draft)
    {
        if (draft.Name.Length is 0 or > LongestName || draft.Name.Any(char.IsControl))
        {
            yield return new FieldFault("name", $"must have 1 to {LongestName} characters, and none of them a control character");
        }

        if (draft.Code is { } code && (code.Length is 0 or > LongestCode || !code.All(IsOfCode)))
        {
            yield return new FieldFault("code", $"must have 1 to {LongestCode} letters, digits, dots, dashes and underscores");
        }

        if (!Enum.IsDefined(draft.By))
        {
            yield return new FieldFault("by", "must be none, client, address or subject");
        }

        if (draft.Threshold is < 1 or > LargestThreshold)
        {
            yield return new FieldFault(
                "threshold", $"must be between 1 and {LargestThreshold.ToString(CultureInfo.InvariantCulture)}");
        }

        if (draft.Window < ShortestWindow || draft.Window > LongestWindow || draft.Window.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            yield return new FieldFault("minutes", "must be between 1 and 1440");
        }

        if (!Enum.IsDefined(draft.Severity))
        {
            yield return new FieldFault("severity", "must be warning or critical");
        }
    }

    private static bool IsOfCode(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-';
}
