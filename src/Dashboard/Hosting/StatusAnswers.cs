using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Dashboard.Hosting;

/// <summary>
/// Fills answers that are nothing but a status: with a page where a person looks at a browser, with problem details
/// otherwise. The status stays.
/// </summary>
internal sealed class StatusAnswers(RequestDelegate next, IServiceScopeFactory scopes, OtherMethods methods)
{
    private const string NotFoundPage = "/not-found";
    private const string NotFoundInside = "/not-found/inside";
    private const string ErrorPage = "/error";

    public async Task InvokeAsync(HttpContext context)
    {
        // Tells Blazor to leave a 404 of its own empty.
        context.Features.Set<IStatusCodePagesFeature>(new StatusCodePagesFeature());
        await next(context);
        if (!IsEmptyRefusal(context.Response))
        {
            return;
        }

        var status = StatusOf(context);
        if (context.Request.IsNavigation)
        {
            await ShowPageAsync(context, status);
        }

        // Also where there is no such page, or it failed; not where it leads somebody elsewhere first.
        if (IsEmptyRefusal(context.Response))
        {
            await Problems.WriteAsync(context, StatusProblems.Of(context, status));
        }
    }

    // No endpoint leaves a 404 or 405 empty: whichever of the two it is, routing or a page said it.
    private int StatusOf(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            var allowed = methods.At(context.Request.Path);
            var isWrongMethod = allowed.Count > 0 && !allowed.Contains(context.Request.Method);
            response.StatusCode = isWrongMethod ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
            response.Headers.Allow = isWrongMethod ? string.Join(", ", allowed) : StringValues.Empty;
        }

        return response.StatusCode;
    }

    private static bool IsEmptyRefusal(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    private async Task ShowPageAsync(HttpContext context, int status)
    {
        var (path, query, services, method) =
            (context.Request.Path, context.Request.QueryString, context.RequestServices, context.Request.Method);
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPathBase = context.Request.PathBase,
            OriginalPath = path,
            OriginalQueryString = query.HasValue ? query.Value : null,
            Endpoint = context.GetEndpoint(),
            RouteValues = context.Features.Get<IRouteValuesFeature>()?.RouteValues,
        });

        // Its own scope: Blazor's services of the first attempt were told another address.
        await using var scope = scopes.CreateAsyncScope();
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        (context.Request.Path, context.Request.QueryString) = PageOf(context, status);
        (context.RequestServices, context.Request.Method) = (scope.ServiceProvider, HttpMethods.Get);
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: < 300 or >= 400 })
            {
                context.Response.StatusCode = status;
            }
        }
        finally
        {
            (context.Request.Path, context.Request.QueryString, context.RequestServices, context.Request.Method) =
                (path, query, services, method);
        }
    }

    private static (PathString Path, QueryString Query) PageOf(HttpContext context, int status) =>
        status == StatusCodes.Status404NotFound
            ? (context.User.Identity is { IsAuthenticated: true } ? NotFoundInside : NotFoundPage, QueryString.Empty)
            : (ErrorPage, QueryString.Create("reference", context.TraceIdentifier));
}
