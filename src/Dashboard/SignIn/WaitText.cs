namespace Dashboard.SignIn;

/// <summary>Tells people how long to wait, and browsers with the same number.</summary>
internal static class WaitText
{
    /// <summary>The sentence, after setting <c>Retry-After</c>.</summary>
    public static string TryAgain(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return seconds < 120
            ? $"Too many attempts. Try again in {seconds} seconds."
            : $"Too many attempts. Try again in {Math.Ceiling(wait.TotalMinutes)} minutes.";
    }
}
