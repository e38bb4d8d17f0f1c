using System.Globalization;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn;

/// <summary>A page that is one plain form, posted to itself: it works before, and without, any circuit.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    public HttpContext HttpContext { get; set; } = null!;

    /// <summary>What is wrong with what was sent; null where nothing is, or a field says it.</summary>
    protected string? Error { get; private set; }

    /// <summary>True once the answer leads elsewhere: there is nothing to show then.</summary>
    protected bool IsDone { get; private set; }

    protected void Refuse(int status, string? error = null)
    {
        HttpContext.Response.StatusCode = status;
        Error = error;
    }

    /// <summary>Tells people how long to wait, and browsers with the same number.</summary>
    protected void RefuseFor(TimeSpan wait, string happened = "Too many attempts.")
    {
        HttpContext.Response.Headers.RetryAfter = Problems.WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        Refuse(StatusCodes.Status429TooManyRequests, $"{happened} {Problems.TryAgain(wait)}");
    }

    protected void GoTo(string address)
    {
        IsDone = true;
        HttpContext.Response.SeeOther(address);
    }
}
