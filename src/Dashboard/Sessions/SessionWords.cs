using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Sessions;

/// <summary>What sessions are in words and in stable names.</summary>
internal static class SessionWords
{
    /// <summary>The name of a state in addresses and JSON.</summary>
    public static string NameOf(SessionState state) => state switch
    {
        SessionState.Open => "open",
        SessionState.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>A kind for people.</summary>
    public static string TitleOf(SessionKind kind) => kind is SessionKind.Api ? "API" : "Browser";

    /// <summary>The browser and system, or the program: <c>Chrome on Linux</c>.</summary>
    public static string ClientOf(Session session) => BrowserName.Parse(session.UserAgent)?.Title ?? "Unknown client";

    /// <summary>The second factor that was shown last, or that none was.</summary>
    public static string FactorOf(Session session) => session.SecondFactor switch
    {
        null => "Password only",
        SecondFactorKind.OneTimeCode => "Authenticator code",
        SecondFactorKind.RecoveryCode => "Recovery code",
        SecondFactorKind.Passkey => "Passkey",
        _ => session.SecondFactor.Value.Code,
    };

    /// <summary>Why a session ended, in a few words.</summary>
    public static string WhyOf(SessionEndReason? reason) => reason switch
    {
        null => "for an unknown reason",
        SessionEndReason.SignedOut => "signed out",
        SessionEndReason.Replaced => "signed in again",
        SessionEndReason.Displaced => "too many sessions",
        SessionEndReason.Idle => "idle",
        SessionEndReason.Expired => "longest duration",
        SessionEndReason.Revoked => "by hand",
        SessionEndReason.PasswordChanged => "password changed",
        SessionEndReason.SecondFactorChanged => "second factor changed",
        SessionEndReason.AccountChanged => "account changed",
        SessionEndReason.DeviceChanged => "another device",
        SessionEndReason.ConfirmationNeeded => "never confirmed",
        SessionEndReason.ProofFailed => "browser's proof failed",
        _ => reason.Value.Code,
    };

    /// <summary>The signals that a session is bound to; names only, no values.</summary>
    public static IReadOnlyList<string> BoundTo(SessionBinding binding) =>
    [
        "fingerprint",
        .. Named("browser key", binding.BrowserKey),
        .. Named("browser", binding.Band?.Family),
        .. Named("system", binding.Band?.System),
        .. Named("version", binding.Band?.Major),
        .. Named("platform", binding.Band?.Platform),
        .. Named("mobile", binding.Band?.Mobile),
        .. Named("language", binding.Band?.Language),
        .. Named("network", binding.Band?.Address),
    ];

    private static IEnumerable<string> Named(string name, object? value) => value is null ? [] : [name];
}
