using Dashboard.Core.Sessions.Binding;

namespace Dashboard.SignIn;

/// <summary>Reads what a request shows of its browser.</summary>
internal static class RequestClient
{
    public static ClientHeaders ClientHeaders(this HttpContext context)
    {
        var headers = context.Request.Headers;
        return new ClientHeaders(
            Single(headers.UserAgent),
            Single(headers.AcceptLanguage),
            Single(headers["Sec-CH-UA-Platform"]),
            Single(headers["Sec-CH-UA-Mobile"]),
            context.Connection.RemoteIpAddress,
            headers["Sec-Fetch-Mode"] == "navigate");
    }

    private static string? Single(Microsoft.Extensions.Primitives.StringValues values) =>
        values is [{ Length: > 0 } value] ? value : null;
}
