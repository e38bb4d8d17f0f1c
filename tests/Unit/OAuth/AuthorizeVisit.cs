using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Grants.Authorizing;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>A browser at the page where people decide.</summary>
internal sealed partial class AuthorizeVisit(WholeSignet signet, string? cookie)
{
    private string _formCookie = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The address of a request; null leaves a parameter out.</summary>
    public static string AddressOf(AuthorizationQuery query) => "/oauth/authorize" + QueryString.Create(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = query.ClientId,
            ["redirect_uri"] = query.RedirectUri,
            ["response_type"] = query.ResponseType,
            ["scope"] = query.Scope,
            ["state"] = query.State,
            ["resource"] = query.Resource,
            ["code_challenge"] = query.CodeChallenge,
            ["code_challenge_method"] = query.CodeChallengeMethod,
            ["prompt"] = query.Prompt,
        }.Where(parameter => parameter.Value is not null)).ToUriComponent();

    public Task<HttpResponseMessage> OpenAsync(AuthorizationQuery? query = null) =>
        signet.GetPageAsync(AddressOf(query ?? AskingClient.Query), cookie);

    /// <summary>Opens the page and gives the fields of its form, signed by the browser that signed in.</summary>
    public async Task<Dictionary<string, string>> ReadFormAsync(AuthorizationQuery? query = null)
    {
        using var answer = await OpenAsync(query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        _formCookie = answer.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0])
            .Single(set => set.StartsWith("__Host-signet-form=", StringComparison.Ordinal));
        var html = await answer.Content.ReadAsStringAsync(Stop);
        var challenge = FieldOf(html, "challenge");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = FieldOf(html, "__RequestVerificationToken"),
            ["challenge"] = challenge,
            ["fingerprint"] = "a-fingerprint-of-a-browser",
            ["signature"] = TestBrowser.Sign(new ProofChallenge("form", challenge)),
        };
    }

    /// <summary>Sends the form to a request's address.</summary>
    public async Task<HttpResponseMessage> DecideAsync(
        string decision, Dictionary<string, string> form, AuthorizationQuery? query = null, string? origin = null, string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(query ?? AskingClient.Query));
        if (new[] { _formCookie, session ?? cookie }.Where(item => item is not (null or "")).ToList() is { Count: > 0 } cookies)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies));
        }

        request.Headers.Add("Origin", origin ?? signet.Client.BaseAddress!.OriginalString.TrimEnd('/'));
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("User-Agent", TestBrowser.Chrome);
        request.Headers.TryAddWithoutValidation("Accept-Language", TestBrowser.Headers().AcceptLanguage);
        request.Content = new FormUrlEncodedContent(form.Append(KeyValuePair.Create("decision", decision)));
        return await signet.Client.SendAsync(request, Stop);
    }

    /// <summary>What an answer tells the client; fails where it goes anywhere else, or by another status.</summary>
    public static Dictionary<string, string> AnswerTo(string redirectUri, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var location = answer.Headers.Location!.OriginalString;
        Assert.StartsWith(redirectUri + "&", location, StringComparison.Ordinal);
        return location[(redirectUri.Length + 1)..].Split('&').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
    }

    private static string FieldOf(string html, string name) => WebUtility.HtmlDecode(
        Field().Matches(html).Single(found => found.Groups["name"].Value == name).Groups["value"].Value);

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Field();
}
