using System.Net;
using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Grants;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>The whole program, with a client that may do everything, called as clients call it.</summary>
public abstract class OAuthTest : IAsyncLifetime
{
    protected const string Verifier = "a-verifier-of-at-least-forty-three-characters-0";
    protected const string Callback = "https://one.example.com/callback";

    private protected WholeSignet Signet { get; private set; } = null!;

    private protected Client One { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Settings beyond those of every test.</summary>
    protected virtual string[] Settings => [];

    /// <summary>Replaces services.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        Signet = await WholeSignet.StartAsync(Configure, Settings);
        One = await Signet.Services.AddAsync(OAuthClients.Confidential());
    }

    public async ValueTask DisposeAsync()
    {
        await Signet.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Signet.Client.SendAsync(request, Stop);

    /// <summary>The answer to a request that must succeed.</summary>
    private protected async Task<JsonElement> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await SendAsync(request);
        var json = await TestHost.JsonOf(answer);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{(int)answer.StatusCode} {json}");
        return json;
    }

    /// <summary>Status, <c>error</c> and <c>error_description</c> of a refusal, which has the form that RFC 6749 gives it.</summary>
    private protected async Task<(int Status, string Error, string Description)> RefusalAsync(HttpRequestMessage request)
    {
        using var answer = await SendAsync(request);
        var json = await TestHost.JsonOf(answer);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-ID")), json.GetProperty("request_id").GetString());
        Assert.Equal(answer.StatusCode is HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count > 0);
        var description = json.GetProperty("error_description").GetString()!;
        Assert.DoesNotContain(description, sign => sign is < ' ' or > '~' or '"' or '\\');
        return ((int)answer.StatusCode, json.GetProperty("error").GetString()!, description);
    }

    private protected static HttpRequestMessage TokenForm(params (string Name, string Value)[] parameters) =>
        OAuthClients.Form("/oauth/token", parameters);

    /// <summary>A token that speaks for the client itself.</summary>
    private protected async Task<string> GetTokenAsync(string client = "client_one", params (string Name, string Value)[] more) =>
        (await AnswerAsync(TokenForm([("grant_type", "client_credentials"), .. more]).As(client))).GetProperty("access_token").GetString()!;

    /// <summary>A code as the consent page gives it, for a person who is there.</summary>
    private protected async Task<string> GetCodeAsync(string client = "client_one")
    {
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));
        return await Signet.Services.GetRequiredService<AuthorizationCodes>().IssueAsync(
            new AuthorizationGrant(client, Callback, challenge, "user:admin", "admin", ["files:read", "files:write"], null), Stop);
    }

    /// <summary>Access and refresh token for a person.</summary>
    private protected async Task<(string Access, string Refresh)> GetPairAsync()
    {
        var answer = await AnswerAsync(TokenForm(
            ("grant_type", "authorization_code"), ("code", await GetCodeAsync()), ("redirect_uri", Callback), ("code_verifier", Verifier))
            .As("client_one"));
        return (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
    }

    /// <summary>Whether a token is active, as a client is told that may ask about every one.</summary>
    private protected async Task<bool> IsActiveAsync(string token)
    {
        await Signet.Services.EnsureAuditorAsync();
        return (await AnswerAsync(OAuthClients.Form("/oauth/introspect", ("token", token)).As("client_auditor")))
            .GetProperty("active").GetBoolean();
    }
}
