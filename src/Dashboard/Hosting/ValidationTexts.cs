using System.Text.RegularExpressions;

namespace Dashboard.Hosting;

/// <summary>
/// Says in our style what the framework's validation attributes say in theirs: words that follow the member's name, without
/// the name of a C# property. A test holds each text; one that an update words differently is passed on as it is.
/// </summary>
internal static partial class ValidationTexts
{
    /// <summary>"must be 2 to 100 characters long" for "The field UserId must be a string with a minimum length of 2 and …".</summary>
    public static string InOurWords(string message)
    {
        if (Field().Match(message) is not { Success: true } field)
        {
            return message;
        }

        var rest = field.Groups["rest"].Value;
        return rest is "is required" ? rest
            : Length().Match(rest) is { Success: true } length
                ? $"must be {length.Groups["least"].Value} to {length.Groups["most"].Value} characters long"
            : LongestText().Match(rest) is { Success: true } text ? $"must be at most {text.Groups["most"].Value} characters long"
            : rest;
    }

    [GeneratedRegex(
        @"^The (field )?\S+ (field )?(?<rest>(is required|must ).*?)\.?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Field();

    [GeneratedRegex(
        "with a minimum length of '?(?<least>[0-9]+)'? and a maximum length of '?(?<most>[0-9]+)'?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Length();

    [GeneratedRegex(
        "^must be a string with a maximum length of '?(?<most>[0-9]+)'?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LongestText();
}
