namespace Dashboard.Core.Tokens.Validation;

/// <summary>Why a token is refused, in the order in which the checks run.</summary>
public enum TokenRefusal
{
    Malformed,
    AlgorithmNotAllowed,
    WrongIssuer,
    UnknownKey,
    KeyRetired,
    KeyRevoked,
    InvalidSignature,
    WrongType,
    MissingClaims,
    NotYetValid,
    Expired,
    WrongAudience,
    Unknown,
    SessionExpired,
    Revoked,
    ClientDisabled,
    ClientExpired,
    SubjectDisabled,
    FingerprintMismatch,
    BindingMismatch,
    InsufficientScope,
}

public static class TokenRefusals
{
    extension(TokenRefusal refusal)
    {
        /// <summary>The stable code that callers match on, such as <c>TOKEN_EXPIRED</c>.</summary>
        public string Code => refusal switch
        {
            TokenRefusal.Malformed => "MALFORMED_TOKEN",
            TokenRefusal.AlgorithmNotAllowed => "ALGORITHM_NOT_ALLOWED",
            TokenRefusal.WrongIssuer => "WRONG_ISSUER",
            TokenRefusal.UnknownKey => "UNKNOWN_KEY",
            TokenRefusal.KeyRetired => "KEY_RETIRED",
            TokenRefusal.KeyRevoked => "KEY_REVOKED",
            TokenRefusal.InvalidSignature => "INVALID_SIGNATURE",
            TokenRefusal.WrongType => "WRONG_TOKEN_TYPE",
            TokenRefusal.MissingClaims => "MISSING_CLAIMS",
            TokenRefusal.NotYetValid => "TOKEN_NOT_YET_VALID",
            TokenRefusal.Expired => "TOKEN_EXPIRED",
            TokenRefusal.WrongAudience => "WRONG_AUDIENCE",
            TokenRefusal.Unknown => "TOKEN_UNKNOWN",
            TokenRefusal.SessionExpired => "SESSION_EXPIRED",
            TokenRefusal.Revoked => "TOKEN_REVOKED",
            TokenRefusal.ClientDisabled => "CLIENT_DISABLED",
            TokenRefusal.ClientExpired => "CLIENT_EXPIRED",
            TokenRefusal.SubjectDisabled => "SUBJECT_DISABLED",
            TokenRefusal.FingerprintMismatch => "FINGERPRINT_MISMATCH",
            TokenRefusal.BindingMismatch => "BINDING_MISMATCH",
            TokenRefusal.InsufficientScope => "INSUFFICIENT_SCOPE",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "No code for this refusal."),
        };
    }
}
