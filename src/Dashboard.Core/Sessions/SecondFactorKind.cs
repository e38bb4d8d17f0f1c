namespace Dashboard.Core.Sessions;

/// <summary>What somebody showed besides, or instead of, the password.</summary>
public enum SecondFactorKind
{
    /// <summary>A one-time code of an authenticator app.</summary>
    OneTimeCode,

    /// <summary>One of the codes that are kept for the day the app is lost.</summary>
    RecoveryCode,

    Passkey,
}

/// <summary>The names of second factors.</summary>
public static class SecondFactorKinds
{
    extension(SecondFactorKind kind)
    {
        /// <summary>The stable word in the store and in the API.</summary>
        public string Code => kind switch
        {
            SecondFactorKind.OneTimeCode => "totp",
            SecondFactorKind.RecoveryCode => "recovery-code",
            SecondFactorKind.Passkey => "passkey",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No code for this kind."),
        };
    }

    /// <summary>Reads a code; null for one that is none.</summary>
    public static SecondFactorKind? Parse(string? code) =>
        Enum.GetValues<SecondFactorKind>().Cast<SecondFactorKind?>().FirstOrDefault(kind => kind!.Value.Code == code);
}
