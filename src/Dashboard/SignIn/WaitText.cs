using System.Globalization;
using Dashboard.Hosting;

namespace Dashboard.SignIn;

/// <summary>Tells people how long to wait, and browsers with the same number.</summary>
internal static class WaitText
{
    /// <summary>What happened and how long to wait, after setting <c>Retry-After</c>.</summary>
    public static string TryAgain(HttpContext context, TimeSpan wait, string happened = "Too many attempts.")
    {
        context.Response.Headers.RetryAfter = Problems.WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        return $"{happened} {Problems.TryAgain(wait)}";
    }
}
