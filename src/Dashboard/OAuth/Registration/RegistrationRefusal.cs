using Dashboard.Core.Clients.Registration;
using Dashboard.Hosting;

namespace Dashboard.OAuth.Registration;

/// <summary>A refused registration as RFC 7591 section 3.2.2 and RFC 6750 section 3 write it.</summary>
internal sealed class RegistrationRefusal(RegistrationOutcome.Refused refused) : IResult, IStatusCodeHttpResult
{
    private int Status => refused.Error switch
    {
        RegistrationError.TokenRequired or RegistrationError.InvalidToken => StatusCodes.Status401Unauthorized,
        RegistrationError.Off => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Without credentials there is nothing to be wrong with them: no error (RFC 6750 section 3.1).
        httpContext.Response.Headers.WWWAuthenticate = refused.Error switch
        {
            RegistrationError.TokenRequired => "Bearer realm=\"signet\"",
            RegistrationError.InvalidToken => "Bearer realm=\"signet\", error=\"invalid_token\"",
            _ => default,
        };
        return OAuthErrors.WriteAsync(httpContext, Status, refused.Error.Code, refused.Description);
    }
}
