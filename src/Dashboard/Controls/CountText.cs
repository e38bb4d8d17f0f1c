using System.Globalization;

namespace Dashboard.Controls;

/// <summary>How many there are of something, in words: "1 token", "12 tokens", "10,000+ tokens".</summary>
internal static class CountText
{
    /// <summary>The number and the thing, in the plural unless there is one.</summary>
    /// <param name="number">How many.</param>
    /// <param name="thing">Of what, in the singular.</param>
    /// <param name="isCapped">True where counting stopped there.</param>
    public static string Of(long number, string thing, bool isCapped = false) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0}{(isCapped ? "+" : "")} {thing}{(number is 1 ? "" : "s")}");
}
