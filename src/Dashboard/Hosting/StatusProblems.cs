namespace Dashboard.Hosting;

/// <summary>What to say where the framework gave a status and nothing else.</summary>
internal static class StatusProblems
{
    private static readonly TimeSpan UnknownWait = TimeSpan.FromSeconds(60);

    public static ProblemResult Of(HttpContext context, int status) => status switch
    {
        401 => Problems.AuthRequired(),
        403 => Problems.Create(ErrorCode.InsufficientRole, "You may not do this."),
        404 => Problems.Create(ErrorCode.NotFound, "There is nothing at this address."),
        405 => Problems.Create(ErrorCode.MethodNotAllowed, MethodDetail(context.Response)),
        409 => Problems.Create(ErrorCode.Conflict, "The request conflicts with the present state."),
        413 => Limits.TooLarge(context.GetEndpoint()),
        415 => BadRequests.UnsupportedType("The Content-Type of the request is not one that this address takes."),
        422 => Problems.Create(ErrorCode.ValidationFailed, "The values in the request are not acceptable."),
        429 => Problems.RateLimited(WaitOf(context.Response), "Too many requests. Wait as long as Retry-After says."),
        503 => Problems.StoreUnavailable(),
        >= 500 => Problems.Create(ErrorCode.InternalError, "Something went wrong on our side.").WithStatus(status),
        _ => Problems.Create(ErrorCode.InvalidInput, "The request is not acceptable.").WithStatus(status),
    };

    private static string MethodDetail(HttpResponse response) =>
        response.Headers.Allow is { Count: > 0 } allowed
            ? $"This address answers {allowed} only."
            : "This address does not answer this method.";

    private static TimeSpan WaitOf(HttpResponse response) =>
        int.TryParse(response.Headers.RetryAfter, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : UnknownWait;
}
