namespace Dashboard.Hosting;

internal static class Redirects
{
    /// <summary>Leads on with a GET whatever the request was (303): going back never sends a form again.</summary>
    public static void SeeOther(this HttpResponse response, string address)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = address;
    }
}
