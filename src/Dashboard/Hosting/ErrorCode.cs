namespace Dashboard.Hosting;

/// <summary>Every error code of the problem details. Public through its name, append-only: clients match on it.</summary>
internal enum ErrorCode
{
    InvalidCredentials,
    AuthRequired,
    InvalidAgentKey,
    AgentLoginBlocked,
    FingerprintRequired,

    TokenExpired,
    InvalidSignature,
    MalformedToken,
    TokenRevoked,
    TokenUnknown,
    TokenNotYetValid,
    WrongIssuer,
    WrongAudience,
    UnknownKey,
    KeyRetired,
    KeyRevoked,
    AlgorithmNotAllowed,
    WrongTokenType,
    BindingMismatch,
    ClientDisabled,
    ClientExpired,
    SubjectDisabled,
    MissingClaims,

    SessionInvalid,
    FingerprintMismatch,
    SessionExpired,

    InsufficientScope,
    InsufficientRole,
    StepUpRequired,
    RateLimited,

    ValidationFailed,
    InvalidInput,
    HeaderMissing,
    RequestTooLarge,
    NotFound,
    MethodNotAllowed,
    Conflict,
    TprDisabled,

    AgentNotFound,
    DuplicateAgent,
    AgentRegistrationFailed,

    LiveKitNotConfigured,

    StoreUnavailable,
    InternalError,
}
