using System.Security.Cryptography;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Makes up passwords that are shown once and changed at the next login.</summary>
internal static class GeneratedPassword
{
    // Without letters and digits that are mistaken for each other: people copy this by hand.
    private const string Readable = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>24 of 31 characters: 118 bits, in groups that can be read aloud.</summary>
    public static string New() => string.Join(
        '-', Enumerable.Range(0, 6).Select(_ => RandomNumberGenerator.GetString(Readable, 4)));
}
