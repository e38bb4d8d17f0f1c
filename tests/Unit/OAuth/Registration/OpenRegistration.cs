using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.Registration;

/// <summary>The whole program where anybody registers, and ways to ask it; one for all tests of a class.</summary>
public sealed class OpenRegistration : IAsyncLifetime
{
    private WholeSignet _signet = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal IServiceProvider Services => _signet.Services;

    internal HttpClient Client => _signet.Client;

    // Budgets are for a test of their own: all tests here come from one address.
    public async ValueTask InitializeAsync() => _signet = await StartAsync(
        "--Registration:Mode=open", "--Throttling:Budgets:Registration=0", "--Throttling:Budgets:Tokens=0");

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    internal static Task<WholeSignet> StartAsync(params string[] settings) =>
        WholeSignet.StartAsync(["--Registration:Scopes=files:* mail", .. settings]);

    internal static Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string path, string? body, string? token = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client.SendAsync(request, Stop);
    }

    internal static Task<HttpResponseMessage> RegisterAsync(HttpClient client, string body, string? token = null) =>
        SendAsync(client, HttpMethod.Post, "/oauth/register", body, token);

    /// <summary>Registers a client of one address for answers.</summary>
    internal async Task<Registered> RegisterAsync(string more = "")
    {
        using var answer = await RegisterAsync(Client, $$"""{"redirect_uris":["https://app.example.com/cb"]{{more}}}""");
        var json = await TestHost.JsonOf(answer);
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return new Registered(
            json.GetProperty("client_id").GetString()!, json.GetProperty("registration_access_token").GetString()!, json);
    }

    internal async Task<Client?> FindAsync(string id) => await Services.GetRequiredService<ClientDirectory>().ReadAsync(id, Stop);

    internal static async Task<string> NewTokenAsync(WholeSignet signet, int? uses) =>
        Assert.IsType<InitialAccessTokenCreation.Created>(await signet.Services.GetRequiredService<InitialAccessTokens>()
            .CreateAsync("Partners", uses, TimeSpan.FromDays(1), null, Actor.OfCommand("test"), Stop)).Secret;

    /// <summary>Holds an answer against status and error code, and gives its description.</summary>
    internal static async Task<string> AssertErrorAsync(HttpResponseMessage answer, int status, string error)
    {
        var json = await TestHost.JsonOf(answer);
        Assert.Equal((status, error), ((int)answer.StatusCode, json.GetProperty("error").GetString()));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(answer.Headers.GetValues("X-Request-ID").Single(), json.GetProperty("request_id").GetString());
        var description = json.GetProperty("error_description").GetString()!;
        Assert.DoesNotContain(description, character => character is < ' ' or > '~' or '"' or '\\');
        return description;
    }

    /// <summary>A client as it was answered.</summary>
    internal sealed record Registered(string Id, string Token, JsonElement Json)
    {
        public string Path => $"/oauth/register/{Id}";
    }
}
