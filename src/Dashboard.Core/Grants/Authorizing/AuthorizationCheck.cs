namespace Dashboard.Core.Grants.Authorizing;

/// <summary>What may be done with an authorization request.</summary>
public abstract record AuthorizationCheck
{
    private AuthorizationCheck()
    {
    }

    /// <summary>A person decides.</summary>
    public sealed record Accepted(AuthorizationRequest Request) : AuthorizationCheck;

    /// <summary>The client is told.</summary>
    /// <param name="Target">Where.</param>
    /// <param name="Error">The error, such as <c>invalid_scope</c>.</param>
    /// <param name="Description">One sentence in the characters that an <c>error_description</c> may have; says nothing back.</param>
    public sealed record Refused(AuthorizationTarget Target, string Error, string Description) : AuthorizationCheck;

    /// <summary>Only the person is told: nothing leads to an address that is not known to be the client's (RFC 6749 section 4.1.2.1).</summary>
    /// <param name="Error">The error, for the log.</param>
    /// <param name="Description">One sentence for the person.</param>
    public sealed record Untrusted(string Error, string Description) : AuthorizationCheck;
}

/// <summary>The errors of the authorization endpoint (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6).</summary>
public static class AuthorizationErrors
{
    public const string InvalidRequest = "invalid_request";
    public const string UnauthorizedClient = "unauthorized_client";
    public const string AccessDenied = "access_denied";
    public const string UnsupportedResponseType = "unsupported_response_type";
    public const string LoginRequired = "login_required";
    public const string ConsentRequired = "consent_required";
    public const string RequestNotSupported = "request_not_supported";
    public const string RequestUriNotSupported = "request_uri_not_supported";
    internal const string InvalidClient = "invalid_client";
}
