namespace Dashboard.Core.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEndReason
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>The same browser signed in again.</summary>
    Replaced,

    /// <summary>Nobody did anything for the idle limit.</summary>
    Idle,

    /// <summary>The absolute limit.</summary>
    Expired,

    /// <summary>Somebody ended it from the sessions page or the API.</summary>
    Revoked,

    /// <summary>The operator logged in elsewhere, and no more sessions may be open at a time.</summary>
    Displaced,

    /// <summary>The operator's password was changed.</summary>
    PasswordChanged,

    /// <summary>The operator's second factors were changed.</summary>
    SecondFactorChanged,

    /// <summary>The operator was disabled, or the role was changed.</summary>
    AccountChanged,

    /// <summary>The requests came from another browser or system than the login.</summary>
    DeviceChanged,

    /// <summary>Something about the browser changed that a password must confirm.</summary>
    ConfirmationNeeded,

    /// <summary>The browser could not prove, twice, that it holds the key of the login.</summary>
    ProofFailed,
}

public static class SessionEndReasons
{
    extension(SessionEndReason reason)
    {
        /// <summary>The stable word in the store, in events and in addresses.</summary>
        public string Code => reason switch
        {
            SessionEndReason.SignedOut => "signed-out",
            SessionEndReason.Replaced => "replaced",
            SessionEndReason.Idle => "idle",
            SessionEndReason.Expired => "expired",
            SessionEndReason.Revoked => "revoked",
            SessionEndReason.Displaced => "displaced",
            SessionEndReason.PasswordChanged => "password-changed",
            SessionEndReason.SecondFactorChanged => "second-factor-changed",
            SessionEndReason.AccountChanged => "account-changed",
            SessionEndReason.DeviceChanged => "device-changed",
            SessionEndReason.ConfirmationNeeded => "confirmation-needed",
            SessionEndReason.ProofFailed => "proof-failed",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No code for this reason."),
        };
    }

    /// <summary>Reads a code; null for one that is none.</summary>
    public static SessionEndReason? Parse(string? code) =>
        Enum.GetValues<SessionEndReason>().Cast<SessionEndReason?>().FirstOrDefault(reason => reason!.Value.Code == code);
}
