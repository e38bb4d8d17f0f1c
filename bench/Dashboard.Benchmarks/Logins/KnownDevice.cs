using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Dashboard.Benchmarks.Logins;

/// <summary>Signs in as a browser does, to become a device that the account knows.</summary>
internal static partial class KnownDevice
{
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

    /// <summary>The cookie by which the device is known, as a request carries it.</summary>
    public static async Task<string> SignInAsync(HttpClient client)
    {
        using var page = new HttpRequestMessage(HttpMethod.Get, "/login");
        page.Headers.Add("User-Agent", Agent);
        using var form = await client.SendAsync(page);
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value;

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var login = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "login",
                ["__RequestVerificationToken"] = token,
                ["Form.UserName"] = "admin",
                ["Form.Password"] = SignetServer.Password,
                ["Form.Fingerprint"] = "fingerprint-of-a-browser",
                ["Form.BrowserKey"] = Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo()),
            }),
        };
        login.Headers.Add("User-Agent", Agent);
        login.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        login.Headers.Add("Cookie", Cookies(form).Single());
        using var answer = await client.SendAsync(login);
        return Cookies(answer).SingleOrDefault(cookie => cookie.StartsWith("__Host-signet-device=", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Signing in failed with {(int)answer.StatusCode}.");
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : [];

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""", RegexOptions.None, 1_000)]
    private static partial Regex Token();
}
