using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Diagnostics;

namespace Dashboard.Hosting;

/// <summary>Turns exceptions into answers that say nothing of the exception. Unknown ones are logged in full, and only there.</summary>
internal sealed class ProblemExceptionHandler(AccessControl access, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    /// <summary>What proxies use for a caller who hung up; nobody reads it.</summary>
    private const int CallerLeft = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            httpContext.Response.StatusCode = CallerLeft;
            return true;
        }

        var problem = Explain(httpContext, exception);
        if (httpContext.Request.IsNavigation && !OAuthErrors.ApplyTo(httpContext))
        {
            // Left empty: StatusAnswers shows the page for it.
            httpContext.Response.StatusCode = problem.Status;
        }
        else
        {
            await Problems.WriteAsync(httpContext, problem);
        }

        return true;
    }

    private ProblemResult Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case StoreUnavailableException:
                logger.StoreUnavailable(exception);
                return Problems.StoreUnavailable();
            case AccessRefusedException { Refusal: AccessRefusal.Proof }:
                return Problems.StepUpRequired(access.ProofMaxAge);
            case AccessRefusedException refused:
                return Problems.RoleRequired(AccessTable.RolesWith(refused.Right), refused.Role);
            case BadHttpRequestException bad:
                return Refuse(BadRequests.Explain(bad, context.Features.Get<IExceptionHandlerFeature>()?.Endpoint));
            case InvalidDataException form when context.Request.HasFormContentType:
                return Refuse(BadRequests.Explain(form));
            case InvalidOperationException when IsFormReader(exception) && !context.Request.HasFormContentType:
                return Refuse(BadRequests.UnsupportedType("The body must be sent as application/x-www-form-urlencoded."));
            default:
                logger.RequestFailed(exception);
                return Problems.Create(
                    ErrorCode.InternalError, "Something went wrong on our side. Give the request_id to whoever runs this server.");
        }
    }

    // Not the words of the exception: they quote what was sent.
    private ProblemResult Refuse(ProblemResult problem)
    {
        logger.RequestRefused(problem.Status, problem.Code.Name);
        return problem;
    }

    // Reading a form out of a body that is none throws what bugs throw, too; only where it was thrown tells them apart.
    private static bool IsFormReader(Exception exception) =>
        exception.TargetSite?.DeclaringType?.Assembly == typeof(FormCollection).Assembly;
}
