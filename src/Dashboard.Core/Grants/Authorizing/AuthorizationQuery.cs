namespace Dashboard.Core.Grants.Authorizing;

/// <summary>The parameters of an authorization request (RFC 6749 section 4.1.1), as they were sent. Nothing is checked yet.</summary>
public sealed record AuthorizationQuery
{
    public string? ClientId { get; init; }

    public string? RedirectUri { get; init; }

    public string? ResponseType { get; init; }

    /// <summary>How the answer is to be sent; only <c>query</c> is known here.</summary>
    public string? ResponseMode { get; init; }

    public string? Scope { get; init; }

    public string? State { get; init; }

    /// <summary>RFC 8707.</summary>
    public string? Resource { get; init; }

    /// <summary>RFC 7636.</summary>
    public string? CodeChallenge { get; init; }

    public string? CodeChallengeMethod { get; init; }

    public string? Prompt { get; init; }

    /// <summary>A request as a JWT (RFC 9101), which is not known here.</summary>
    public bool HasRequestObject { get; init; }

    /// <summary>The address of one.</summary>
    public bool HasRequestUri { get; init; }

    /// <summary>The names of parameters that were sent more than once.</summary>
    public IReadOnlyCollection<string> Repeated { get; init; } = [];
}

/// <summary>The names of the parameters.</summary>
public static class AuthorizationParameters
{
    public const string ClientId = "client_id";
    public const string RedirectUri = "redirect_uri";
    public const string ResponseType = "response_type";
    public const string ResponseMode = "response_mode";
    public const string Scope = "scope";
    public const string State = "state";
    public const string Resource = "resource";
    public const string CodeChallenge = "code_challenge";
    public const string CodeChallengeMethod = "code_challenge_method";
    public const string Prompt = "prompt";
    public const string Request = "request";
    public const string RequestUri = "request_uri";
}
