using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>A refusal in the words of RFC 6749 section 5.2. Its descriptions are ours: nothing of the request returns in them.</summary>
internal sealed class OAuthRefusal : IResult, IStatusCodeHttpResult
{
    public const string InvalidClientError = "invalid_client";

    private const string BasicChallenge = "Basic realm=\"signet\", charset=\"UTF-8\"";

    private readonly string? _challenge;

    private OAuthRefusal(int status, string error, string description, string? challenge) =>
        (Status, Error, Description, _challenge) = (status, error, description, challenge);

    public string Error { get; }

    /// <summary>True where the event log has it already.</summary>
    public bool IsRecorded { get; private init; }

    public int Status { get; }

    public string Description { get; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>The request is not one that the RFCs know.</summary>
    public static OAuthRefusal InvalidRequest(string description) => Create("invalid_request", description);

    /// <summary>The client did not prove who it is. The challenge stands there whatever it tried: RFC 9110 wants one in every 401.</summary>
    public static OAuthRefusal InvalidClient(string description) =>
        new(StatusCodes.Status401Unauthorized, InvalidClientError, description, BasicChallenge);

    /// <summary>Any other error of the token endpoint.</summary>
    public static OAuthRefusal Create(string error, string description) =>
        new(StatusCodes.Status400BadRequest, error, description, null);

    /// <summary>The client proved who it is, and may not do this.</summary>
    public static OAuthRefusal NotForClient(string description) =>
        new(StatusCodes.Status403Forbidden, "unauthorized_client", description, null);

    /// <summary>A protected resource wants a token (RFC 6750 section 3).</summary>
    public static OAuthRefusal TokenRequired(string? challenge) =>
        new(StatusCodes.Status401Unauthorized, "invalid_token", "An access token is required, as a bearer token.", challenge);

    /// <summary>The same where the core made and recorded it.</summary>
    public OAuthRefusal AsRecorded() => new(Status, Error, Description, _challenge) { IsRecorded = true };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_challenge is not null)
        {
            httpContext.Response.Headers.WWWAuthenticate = _challenge;
        }

        return OAuthErrors.WriteAsync(httpContext, Status, Error, Description);
    }
}
