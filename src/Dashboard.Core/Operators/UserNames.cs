using System.Text.RegularExpressions;

namespace Dashboard.Core.Operators;

/// <summary>Which texts are user names, and which of them are the same.</summary>
public static partial class UserNames
{
    /// <summary>Longer texts are not even looked up.</summary>
    public const int MaximumLength = 128;

    /// <summary>The rule in words that follow a name.</summary>
    public const string Rule = "must be 1 to 128 ASCII letters, digits and . _ - @ +, and begin with a letter or digit";

    /// <summary>
    /// True for 1 to 128 ASCII letters, digits and <c>. _ - @ +</c>, beginning with a letter or digit: nothing that looks
    /// like another name or could reach a token's subject or a log as something else.
    /// </summary>
    public static bool IsValid(string userName) => userName.Length <= MaximumLength && Pattern().IsMatch(userName);

    /// <summary>The form in which names are compared and unique.</summary>
    public static string Normalize(string userName) => userName.ToUpperInvariant();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
