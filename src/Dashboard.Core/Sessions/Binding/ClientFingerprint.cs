using System.Text.RegularExpressions;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>The value that a client binds its session to: what a browser's form and what a program's header may hold.</summary>
public static partial class ClientFingerprint
{
    /// <summary>The rule in words, for refusals.</summary>
    public const string Rule = "16 to 256 letters, digits and . _ ~ + / = -";

    /// <summary>True for a value that a session can be bound to. Two headers that something joined are none: no commas.</summary>
    public static bool IsValid(string? value) => value is not null && Shape().IsMatch(value);

    [GeneratedRegex(@"\A[A-Za-z0-9._~+/=-]{16,256}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();
}
