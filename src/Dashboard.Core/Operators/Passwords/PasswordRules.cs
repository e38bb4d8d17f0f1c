using System.Collections.Frozen;
using System.Text;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Why a password may not be chosen.</summary>
public enum PasswordFault
{
    TooShort,
    TooShortAlone,
    TooLong,
    ContainsUserName,
    TooCommon,
    NotText,
}

/// <summary>
/// Which passwords may be chosen: by length and by not being guessed first, without rules about kinds of characters
/// (NIST SP 800-63B-4 section 3.1.1). Every character counts as it is typed: nothing is trimmed, cut or normalized.
/// </summary>
public static class PasswordRules
{
    /// <summary>For those who show a second factor, too.</summary>
    public const int MinimumLength = 12;

    /// <summary>For those whose password is all there is (NIST SP 800-63B-4 section 3.1.1.2).</summary>
    public const int MinimumLengthAlone = 15;

    public const int MaximumLength = 256;

    /// <summary>Longer input is refused before it is hashed.</summary>
    public const int LongestToVerify = 1_024;

    private const int ShortestWithoutName = 8;

    private static readonly FrozenSet<string> Common = Load();

    /// <summary>The first fault, or null for a good password.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="userName">Whose.</param>
    /// <param name="isAlone">True where no second factor is shown beside it.</param>
    public static PasswordFault? Check(string password, string userName, bool isAlone) => password switch
    {
        { Length: < MinimumLength } => PasswordFault.TooShort,
        { Length: < MinimumLengthAlone } when isAlone => PasswordFault.TooShortAlone,
        { Length: > MaximumLength } => PasswordFault.TooLong,
        _ when !IsText(password) => PasswordFault.NotText,
        _ when userName.Length >= 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase) =>
            PasswordFault.ContainsUserName,
        _ when IsCommon(password) => PasswordFault.TooCommon,
        _ => null,
    };

    /// <summary>One sentence that says what to do.</summary>
    public static string Describe(PasswordFault fault) => fault switch
    {
        PasswordFault.TooShort => $"Use at least {MinimumLength} characters; a few unrelated words are easy to remember.",
        PasswordFault.TooShortAlone =>
            $"Use at least {MinimumLengthAlone} characters, or set up a second factor, with which {MinimumLength} are enough.",
        PasswordFault.TooLong => $"Use at most {MaximumLength} characters.",
        PasswordFault.ContainsUserName => "The password must not contain the user name.",
        PasswordFault.TooCommon => "This password is among the first that anybody would try. Choose another one.",
        PasswordFault.NotText => "The password holds half of a character that only exists in pairs. Type it again.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    /// <summary>False for unpaired surrogates: hashing would take all of them for the same character.</summary>
    internal static bool IsText(string password)
    {
        for (var index = 0; index < password.Length; index++)
        {
            if (char.IsSurrogate(password[index]))
            {
                if (!Rune.TryGetRuneAt(password, index, out _))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }

    // Also "password" said twice, and a long run of one character: what the list would say if it were endless.
    private static bool IsCommon(string password)
    {
        // Whoever guesses here tries the name of the place first.
        var lower = password.ToLowerInvariant().Replace("signet", "", StringComparison.Ordinal);
        return lower.Length < ShortestWithoutName
            || Common.Contains(lower)
            || Common.Contains(lower.TrimEnd("0123456789!.?".ToCharArray()))
            || lower.Distinct().Count() < 4
            || IsRepetition(lower);
    }

    private static bool IsRepetition(string text)
    {
        for (var length = 1; length <= Math.Min(8, text.Length / 2); length++)
        {
            if (text.Length % length == 0 && text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(
            "Dashboard.Core.Operators.Passwords.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
