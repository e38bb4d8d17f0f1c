using System.Text.RegularExpressions;

namespace Dashboard.Failures;

/// <summary>What a failure reference looks like.</summary>
internal static partial class FailureReference
{
    public static bool IsReference(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"\Areq_[0-9a-z]{16}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
