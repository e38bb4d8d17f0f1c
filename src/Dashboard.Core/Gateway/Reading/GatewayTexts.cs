using System.Text;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Gateway.Reading;

/// <summary>Which texts of a gateway are as good as those that Signet writes itself.</summary>
internal static class GatewayTexts
{
    private const int Longest = 255;
    private const int LongestId = 200;

    private static readonly string[] Reserved = [Subjects.OperatorPrefix, Subjects.UserPrefix, Subjects.AgentPrefix];

    /// <summary>True for an id of a client or token that can be looked up here.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.All(sign => sign is > ' ' and <= '~');

    /// <summary>What is wrong with the subject, the user name and the scopes of a token; null where nothing is.</summary>
    public static string? FaultOf(string? subject, string? userName, string? scope) =>
        subject is null ? LeftOut.NoSubject
        : Reserved.Any(prefix => subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? LeftOut.ReservedSubject
        : !IsPlain(subject) || (userName is not null && !IsPlain(userName)) ? LeftOut.BadText
        : ScopeText.FaultOf([.. ScopeText.Split(scope)]) is not null ? LeftOut.BadScope
        : null;

    private static bool IsPlain(string text) =>
        text.Length <= Longest
        && text == text.Trim()
        && !text.Any(char.IsControl)
        && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
