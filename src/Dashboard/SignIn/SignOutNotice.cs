using Dashboard.Core.Sessions;

namespace Dashboard.SignIn;

/// <summary>
/// Why somebody is at the login page, in a sentence. The code stands in the address, which anybody can write: only these
/// are known, and none says what it was about a device that changed.
/// </summary>
internal static class SignOutNotice
{
    public const string SignedOut = "signed-out";
    public const string Device = "device";
    public const string FormExpired = "form-expired";
    public const string LoginExpired = "login-expired";
    private const string Again = "again";
    private const string SecondFactorChanged = "second-factor-changed";
    private const string Idle = "idle";
    private const string Expired = "expired";
    private const string Revoked = "revoked";
    private const string Replaced = "replaced";
    private const string Displaced = "displaced";
    private const string PasswordChanged = "password-changed";
    private const string AccountChanged = "account-changed";

    /// <summary>The sentence of a code; null for anything else.</summary>
    public static string? SentenceOf(string? code) => code switch
    {
        SignedOut => "You are signed out.",
        Device => "Please sign in again on this device.",
        FormExpired => "The form had become too old. Please sign in once more.",
        LoginExpired => "That took too long, or there were too many wrong answers. Please sign in once more.",
        Again => "Sign in with the account that the application is to act for.",
        SecondFactorChanged => "The second factor of your account was changed. Please sign in again.",
        Idle => "You were signed out because nothing was done for a while.",
        Expired => "You were signed out because the session had reached its longest duration.",
        Revoked => "This session was ended from elsewhere.",
        Replaced => "You signed in again in this browser, which ended the earlier session.",
        Displaced => "You signed in elsewhere, and only so many sessions may be open at a time.",
        PasswordChanged => "The password was changed. Please sign in with the new one.",
        AccountChanged => "Your account was changed. Please sign in again.",
        _ => null,
    };

    /// <summary>The code for the end of a session.</summary>
    public static string CodeOf(SessionEndReason reason) => reason switch
    {
        SessionEndReason.SignedOut => SignedOut,
        SessionEndReason.Replaced => Replaced,
        SessionEndReason.Idle => Idle,
        SessionEndReason.Expired => Expired,
        SessionEndReason.Revoked => Revoked,
        SessionEndReason.Displaced => Displaced,
        SessionEndReason.PasswordChanged => PasswordChanged,
        SessionEndReason.SecondFactorChanged => SecondFactorChanged,
        SessionEndReason.AccountChanged => AccountChanged,
        SessionEndReason.DeviceChanged or SessionEndReason.ConfirmationNeeded or SessionEndReason.ProofFailed => Device,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No notice for this reason."),
    };
}
