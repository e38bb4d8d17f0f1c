using Dashboard.Core.Events;
using Dashboard.Core.Sessions;

namespace Dashboard.Sessions;

/// <summary>What happened to a session, in words.</summary>
internal static class MomentWords
{
    /// <summary>What it was.</summary>
    public static string TitleOf(SessionMoment moment) => moment.Name switch
    {
        "session.started" or EventKinds.LoginSucceeded => "Signed in",
        "session.ended" or "session.fingerprint_mismatch" or EventKinds.LoggedOut => "Ended",
        "session.challenged" => "Asked to confirm",
        "session.confirmed" => "Confirmed",
        EventKinds.SessionProved => "Proved again",
        "session.rebound" => "Browser followed",
        "tokens.cut_off" => "Tokens revoked",
        EventKinds.AccessRefused => "Access refused",
        EventKinds.TokenRefused => "Token refused",
        EventKinds.LoginRefused => "Wrong proof",
        EventKinds.SessionBinding => moment.Outcome switch
        {
            EventOutcome.Succeeded => "Change noted",
            EventOutcome.Alert => "Proof failed",
            _ => "Change refused",
        },
        _ => Sentence(moment.Name),
    };

    /// <summary>Why or how; null where there is nothing more to say.</summary>
    public static string? DetailOf(SessionMoment moment) => moment.Name switch
    {
        "session.ended" or "session.fingerprint_mismatch" =>
            SessionEndReasons.Parse(moment.Code) is SessionEndReason.Revoked && ByWhom(moment) is { } by
                ? $"By {by}."
                : Capital(SessionWords.WhyOf(SessionEndReasons.Parse(moment.Code))) + ".",
        "session.challenged" => $"{Sentence(moment.Code ?? "Something")} was not as at login.",
        "session.confirmed" or EventKinds.SessionProved when moment.Code is { } method => $"By {Words(method)}.",
        "session.rebound" => "An update of the same browser; its key was proved.",
        "tokens.cut_off" => "They end with their session.",
        _ => moment.Detail,
    };

    /// <summary>True for what should be looked at.</summary>
    public static bool IsBad(SessionMoment moment) => moment.Outcome is not EventOutcome.Succeeded;

    private static string? ByWhom(SessionMoment moment) => moment.By is "signet" ? null : moment.By;

    private static string Words(string code) => code is "totp" ? "authenticator code" : code.Replace('-', ' ');

    // "session.revived" reads as "Session revived", "VersionLower" as "Version lower".
    private static string Sentence(string name)
    {
        var spaced = string.Concat(name.Select((letter, index) =>
            char.IsAsciiLetterUpper(letter) && index > 0 ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
        return Capital(spaced.Replace('.', ' ').Replace('_', ' '));
    }

    private static string Capital(string text) => text.Length is 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
