namespace Dashboard.Hosting;

/// <summary>A kind of problem, with a page of its own at <c>/docs/problems/{slug}</c>.</summary>
/// <param name="Slug">The last part of its <c>type</c> and the name of its page.</param>
/// <param name="Status">The HTTP status, unless a single answer says otherwise.</param>
/// <param name="Title">The same short title for every problem of this kind.</param>
internal sealed record ProblemKind(string Slug, int Status, string Title)
{
    public static readonly ProblemKind AuthenticationFailed = new("authentication-failed", 401, "Authentication Failed");
    public static readonly ProblemKind TokenInvalid = new("token-invalid", 401, "Invalid or Expired Token");
    public static readonly ProblemKind SessionInvalid = new("session-invalid", 401, "Session Validation Failed");
    public static readonly ProblemKind SessionExpired = new("session-expired", 401, "Session Expired");
    public static readonly ProblemKind InsufficientPermissions = new("insufficient-permissions", 403, "Insufficient Permissions");
    public static readonly ProblemKind StepUpRequired = new("step-up-required", 403, "Recent Authentication Required");
    public static readonly ProblemKind RateLimitExceeded = new("rate-limit-exceeded", 429, "Rate Limit Exceeded");
    public static readonly ProblemKind ValidationFailed = new("validation-failed", 422, "Request Validation Failed");
    public static readonly ProblemKind InvalidInput = new("invalid-input", 400, "Invalid Input Data");
    public static readonly ProblemKind RequiredHeaderMissing = new("required-header-missing", 400, "Required Header Missing");
    public static readonly ProblemKind RequestTooLarge = new("request-too-large", 413, "Request Too Large");
    public static readonly ProblemKind NotFound = new("not-found", 404, "Resource Not Found");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "Method Not Allowed");
    public static readonly ProblemKind Conflict = new("conflict", 409, "Conflict");
    public static readonly ProblemKind TprDisabled = new("tpr-disabled", 400, "Three-Phase Registration Disabled");
    public static readonly ProblemKind AgentNotFound = new("agent-not-found", 404, "Agent Not Found");
    public static readonly ProblemKind DuplicateAgent = new("duplicate-agent", 409, "Duplicate Agent");
    public static readonly ProblemKind AgentRegistrationFailed = new("agent-registration-failed", 400, "Agent Registration Failed");
    public static readonly ProblemKind LiveKitNotConfigured = new("livekit-not-configured", 503, "LiveKit Not Configured");
    public static readonly ProblemKind StoreUnavailable = new("store-unavailable", 503, "Store Unavailable");
    public static readonly ProblemKind InternalError = new("internal-error", 500, "Internal Server Error");
}
