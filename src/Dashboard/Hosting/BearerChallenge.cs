namespace Dashboard.Hosting;

/// <summary>The <c>WWW-Authenticate</c> header of refusals (RFC 6750 section 3). Its texts are fixed: nothing of the request returns in it.</summary>
internal static class BearerChallenge
{
    /// <summary>Adds the header to a 401 (RFC 9110 wants it on all of them) or to a refusal for want of a scope.</summary>
    public static void Add(HttpResponse response, ErrorCode code, int status)
    {
        if (response.Headers.WWWAuthenticate.Count == 0 && For(code, status) is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }
    }

    /// <summary>The challenge for a refusal; null where none belongs to it.</summary>
    /// <param name="code">The refusal.</param>
    /// <param name="status">The status of its answer.</param>
    /// <param name="parameters">More parameters, without quotes in their values; those that are null are left out.</param>
    public static string? For(ErrorCode code, int status, params IEnumerable<(string Name, string? Value)> parameters) =>
        For(code, status) is { } challenge
            ? challenge + string.Concat(parameters.Where(item => item.Value is not null).Select(item => $", {item.Name}=\"{item.Value}\""))
            : null;

    private static string? For(ErrorCode code, int status) => (status, code) switch
    {
        // Without credentials there is nothing to be wrong with them: no error (RFC 6750 section 3.1).
        (401, _) when code.Kind == ProblemKind.AuthenticationFailed => "Bearer realm=\"signet\"",
        (401, ErrorCode.TokenExpired) => Error("invalid_token", "The access token has expired"),
        (401, ErrorCode.TokenRevoked) => Error("invalid_token", "The access token was revoked"),
        (401, ErrorCode.TokenNotYetValid) => Error("invalid_token", "The access token is not valid yet"),
        (401, ErrorCode.WrongAudience) => Error("invalid_token", "The access token is for another audience"),
        (401, _) when code.Kind == ProblemKind.TokenInvalid => Error("invalid_token", "The access token is invalid or has expired"),
        (401, _) => Error("invalid_token", "The session of the access token is no longer valid"),
        (403, ErrorCode.InsufficientScope) => Error("insufficient_scope", "The access token lacks a required scope"),
        _ => null,
    };

    private static string Error(string error, string description) =>
        $"Bearer error=\"{error}\", error_description=\"{description}\"";
}
