using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Hosting;

/// <summary>The one place that turns refusals into HTTP answers. Details are ours: they never echo a secret or an exception.</summary>
internal static class Problems
{
    public const string RetryAfter = "retry_after";

    public const string FingerprintHeader = "X-Client-Fingerprint";

    private const int MostNamed = 5;

    private static readonly TimeSpan StoreRetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>What anonymous callers get where refusals are told to say little.</summary>
    public static readonly ProblemResult AnyTokenRefusal =
        Create(ErrorCode.MalformedToken, "The token is invalid or has expired.");

    /// <summary>A refusal with the members that belong to its code; members that are null are left out.</summary>
    public static ProblemResult Create(
        ErrorCode code, string detail, params IReadOnlyList<(string Name, object? Value)> members) =>
        new(code, detail, members);

    /// <summary>The same for a code that the core gives as text.</summary>
    /// <exception cref="ArgumentException">The code is not in the catalogue.</exception>
    public static ProblemResult Create(
        string code, string detail, params IReadOnlyList<(string Name, object? Value)> members) =>
        new(ProblemCatalogue.Get(code), detail, members);

    /// <summary>A refused token, with the facts of its refusal.</summary>
    public static ProblemResult From(TokenVerdict.Refused refused) => new(
        ProblemCatalogue.Get(refused.Reason.Code),
        refused.Detail,
        [
            ("token_issued_at", refused.Facts.IssuedAt),
            ("token_expired_at", refused.Facts.ExpiredAt),
            ("session_timeout", refused.Facts.SessionTimeout is { } timeout ? (long)timeout.TotalSeconds : null),
            ("missing_claims", refused.Facts.MissingClaims),
            ("expected_audience", refused.Facts.ExpectedAudience),
            ("actual_audience", refused.Facts.ActualAudience),
            ("required_scopes", refused.Facts.RequiredScopes),
            ("current_scopes", refused.Facts.HeldScopes),
            ("livekit_error", refused.Facts.LiveKitError),
        ])
    {
        // Whose token lacks a scope must learn which one: that is no secret and no check of the token itself.
        TellsOfToken = refused.Reason is not TokenRefusal.InsufficientScope,
    };

    /// <summary>Too many attempts; the wait is rounded up and never zero.</summary>
    public static ProblemResult RateLimited(
        TimeSpan wait, string detail, params IReadOnlyList<(string Name, object? Value)> members) =>
        new(ErrorCode.RateLimited, detail, [(RetryAfter, WholeSeconds(wait)), .. members]);

    /// <summary>An address has cost as much as it may in a minute.</summary>
    public static ProblemResult BudgetSpent(SpentBudget spent) =>
        RateLimited(spent.Wait, $"Too many requests came from this address. {TryAgain(spent.Wait)}")
            .WithRateLimit(spent.Limit, spent.ResetsAt);

    /// <summary>Too many logins have failed at this account or from this address.</summary>
    /// <param name="wait">How long to wait.</param>
    /// <param name="limit">How many may fail before that.</param>
    /// <param name="now">The time.</param>
    public static ProblemResult LoginThrottled(TimeSpan wait, int limit, DateTimeOffset now) =>
        RateLimited(wait, $"Too many login attempts. {TryAgain(wait)}")
            .WithRateLimit(limit, now + wait);

    /// <summary>A sentence that says when to try again.</summary>
    public static string TryAgain(TimeSpan wait) => WholeSeconds(wait) switch
    {
        1 => "Try again in a second.",
        <= 90 and var seconds => string.Create(CultureInfo.InvariantCulture, $"Try again in {seconds} seconds."),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"Try again in {(seconds + 59) / 60} minutes."),
    };

    /// <summary>Rounded up, and never zero.</summary>
    public static int WholeSeconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    /// <summary>The store could not be read or written, so nothing is decided.</summary>
    public static ProblemResult StoreUnavailable() => new(
        ErrorCode.StoreUnavailable,
        "The store cannot be reached at the moment, so the request was not carried out. Try again in a few seconds.",
        [(RetryAfter, WholeSeconds(StoreRetryInterval))]);

    /// <summary>The request was understood, but its values are not acceptable.</summary>
    public static ProblemResult Invalid(params IReadOnlyList<ValidationError> errors) => new(
        ErrorCode.ValidationFailed,
        $"Input validation failed: {string.Join("; ", errors.Take(MostNamed).Select(Sentence))}"
        + (errors.Count > MostNamed ? $"; and {errors.Count - MostNamed} more." : "."),
        [("validation_errors", errors)]);

    /// <summary>The same for what the core says about a request's fields.</summary>
    public static ProblemResult Invalid(IReadOnlyList<FieldFault> faults) =>
        Invalid([.. faults.Select(fault => new ValidationError(fault.Field, fault.Message))]);

    /// <summary>A login without the header that its session is bound to, or with one that binds nothing.</summary>
    /// <param name="fault">What is wrong with the header; null where there is none.</param>
    public static ProblemResult FingerprintRequired(string? fault = null) => new(
        ErrorCode.FingerprintRequired,
        fault ?? $"{FingerprintHeader} header is required for session binding",
        [("missing_header", FingerprintHeader), ("header", FingerprintHeader)]);

    /// <summary>The role does not allow it.</summary>
    /// <param name="required">The roles that do; none where no role is named.</param>
    /// <param name="current">The caller's; null where they have none.</param>
    public static ProblemResult RoleRequired(IReadOnlyList<string> required, string? current) => Create(
        ErrorCode.InsufficientRole,
        required is []
            ? "Your account may not do this."
            : $"This needs the role {string.Join(" or ", required)}; yours is {(current is { Length: > 0 } ? current : "none")}.",
        ("required_role", required is [] ? null : string.Join(' ', required)),
        ("current_role", current is { Length: > 0 } ? current : null));

    /// <summary>The role allows it, but the last proof that this is the operator is older than that.</summary>
    public static ProblemResult StepUpRequired(TimeSpan maxAge) => Create(
        ErrorCode.StepUpRequired,
        $"This needs a proof of who you are that is not older than {(int)maxAge.TotalMinutes} minutes. Confirm it in the "
        + "dashboard, or log in again.",
        ("max_age", (int)maxAge.TotalSeconds));

    /// <summary>A change that was asked for by a page of another site, or by none.</summary>
    public static ProblemResult ForeignOrigin() =>
        Create(ErrorCode.InvalidInput, "The request does not come from this dashboard's own pages (Origin).");

    /// <summary>Nobody said who they are.</summary>
    public static ProblemResult AuthRequired() =>
        Create(ErrorCode.AuthRequired, "Authentication required - missing or invalid Authorization header");

    /// <summary>Writes a refusal from code that is no endpoint; nothing happens where the answer has begun.</summary>
    public static Task WriteAsync(HttpContext context, ProblemResult problem) => problem.ExecuteAsync(context);

    /// <summary>A moment as the problem details show it: UTC, to the second.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Sentence(ValidationError error) => $"{error.Field} {error.Message}";
}
