using System.Collections.Frozen;

namespace Dashboard.Hosting;

/// <summary>What each error code is called on the wire and which kind of problem it is. Closed: there are no others.</summary>
internal static class ProblemCatalogue
{
    private static readonly FrozenDictionary<string, ErrorCode> ByName =
        Enum.GetValues<ErrorCode>().ToFrozenDictionary(code => code.Name, StringComparer.Ordinal);

    extension(ErrorCode code)
    {
        /// <summary>The <c>error_code</c>, such as <c>TOKEN_EXPIRED</c>.</summary>
        public string Name => Of(code).Name;

        /// <summary>The kind of problem, which says slug, status and title.</summary>
        public ProblemKind Kind => Of(code).Kind;
    }

    /// <summary>Every kind, in the order of the codes.</summary>
    public static IReadOnlyList<ProblemKind> Kinds { get; } =
        [.. Enum.GetValues<ErrorCode>().Select(code => code.Kind).Distinct()];

    /// <summary>The code with this name, or null for one that stored events know and this catalogue does not.</summary>
    public static ErrorCode? Find(string name) => ByName.TryGetValue(name, out var code) ? code : null;

    /// <summary>The code with this name, for refusals of the core, which carry their code as text.</summary>
    /// <exception cref="ArgumentException">The core uses a code that this catalogue does not list: a bug.</exception>
    public static ErrorCode Get(string name) => ByName.TryGetValue(name, out var code)
        ? code
        : throw new ArgumentException($"'{name}' is not in the catalogue of problems.", nameof(name));

    // Without a default arm a new code fails the build (CS8509) until somebody chooses its kind.
#pragma warning disable CS8524 // Values outside the enum are never made.
    private static (string Name, ProblemKind Kind) Of(ErrorCode code) => code switch
    {
        ErrorCode.InvalidCredentials => ("INVALID_CREDENTIALS", ProblemKind.AuthenticationFailed),
        ErrorCode.AuthRequired => ("AUTH_REQUIRED", ProblemKind.AuthenticationFailed),
        ErrorCode.InvalidAgentKey => ("INVALID_AGENT_KEY", ProblemKind.AuthenticationFailed),
        ErrorCode.AgentLoginBlocked => ("AGENT_LOGIN_BLOCKED", ProblemKind.AuthenticationFailed),
        ErrorCode.FingerprintRequired => ("FINGERPRINT_REQUIRED", ProblemKind.AuthenticationFailed),
        ErrorCode.TokenExpired => ("TOKEN_EXPIRED", ProblemKind.TokenInvalid),
        ErrorCode.InvalidSignature => ("INVALID_SIGNATURE", ProblemKind.TokenInvalid),
        ErrorCode.MalformedToken => ("MALFORMED_TOKEN", ProblemKind.TokenInvalid),
        ErrorCode.TokenRevoked => ("TOKEN_REVOKED", ProblemKind.TokenInvalid),
        ErrorCode.TokenUnknown => ("TOKEN_UNKNOWN", ProblemKind.TokenInvalid),
        ErrorCode.TokenNotYetValid => ("TOKEN_NOT_YET_VALID", ProblemKind.TokenInvalid),
        ErrorCode.WrongIssuer => ("WRONG_ISSUER", ProblemKind.TokenInvalid),
        ErrorCode.WrongAudience => ("WRONG_AUDIENCE", ProblemKind.TokenInvalid),
        ErrorCode.UnknownKey => ("UNKNOWN_KEY", ProblemKind.TokenInvalid),
        ErrorCode.KeyRetired => ("KEY_RETIRED", ProblemKind.TokenInvalid),
        ErrorCode.KeyRevoked => ("KEY_REVOKED", ProblemKind.TokenInvalid),
        ErrorCode.AlgorithmNotAllowed => ("ALGORITHM_NOT_ALLOWED", ProblemKind.TokenInvalid),
        ErrorCode.WrongTokenType => ("WRONG_TOKEN_TYPE", ProblemKind.TokenInvalid),
        ErrorCode.BindingMismatch => ("BINDING_MISMATCH", ProblemKind.TokenInvalid),
        ErrorCode.ClientDisabled => ("CLIENT_DISABLED", ProblemKind.TokenInvalid),
        ErrorCode.ClientExpired => ("CLIENT_EXPIRED", ProblemKind.TokenInvalid),
        ErrorCode.SubjectDisabled => ("SUBJECT_DISABLED", ProblemKind.TokenInvalid),
        ErrorCode.MissingClaims => ("MISSING_CLAIMS", ProblemKind.TokenInvalid),
        ErrorCode.SessionInvalid => ("SESSION_INVALID", ProblemKind.SessionInvalid),
        ErrorCode.FingerprintMismatch => ("FINGERPRINT_MISMATCH", ProblemKind.SessionInvalid),
        ErrorCode.SessionExpired => ("SESSION_EXPIRED", ProblemKind.SessionExpired),
        ErrorCode.InsufficientScope => ("INSUFFICIENT_SCOPE", ProblemKind.InsufficientPermissions),
        ErrorCode.InsufficientRole => ("INSUFFICIENT_ROLE", ProblemKind.InsufficientPermissions),
        ErrorCode.StepUpRequired => ("STEP_UP_REQUIRED", ProblemKind.StepUpRequired),
        ErrorCode.RateLimited => ("RATE_LIMITED", ProblemKind.RateLimitExceeded),
        ErrorCode.ValidationFailed => ("VALIDATION_FAILED", ProblemKind.ValidationFailed),
        ErrorCode.InvalidInput => ("INVALID_INPUT", ProblemKind.InvalidInput),
        ErrorCode.HeaderMissing => ("HEADER_MISSING", ProblemKind.RequiredHeaderMissing),
        ErrorCode.RequestTooLarge => ("REQUEST_TOO_LARGE", ProblemKind.RequestTooLarge),
        ErrorCode.NotFound => ("NOT_FOUND", ProblemKind.NotFound),
        ErrorCode.MethodNotAllowed => ("METHOD_NOT_ALLOWED", ProblemKind.MethodNotAllowed),
        ErrorCode.Conflict => ("CONFLICT", ProblemKind.Conflict),
        ErrorCode.TprDisabled => ("TPR_DISABLED", ProblemKind.TprDisabled),
        ErrorCode.AgentNotFound => ("AGENT_NOT_FOUND", ProblemKind.AgentNotFound),
        ErrorCode.DuplicateAgent => ("DUPLICATE_AGENT", ProblemKind.DuplicateAgent),
        ErrorCode.AgentRegistrationFailed => ("AGENT_REGISTRATION_FAILED", ProblemKind.AgentRegistrationFailed),
        ErrorCode.LiveKitNotConfigured => ("LIVEKIT_NOT_CONFIGURED", ProblemKind.LiveKitNotConfigured),
        ErrorCode.StoreUnavailable => ("STORE_UNAVAILABLE", ProblemKind.StoreUnavailable),
        ErrorCode.InternalError => ("INTERNAL_ERROR", ProblemKind.InternalError),
    };
#pragma warning restore CS8524
}
