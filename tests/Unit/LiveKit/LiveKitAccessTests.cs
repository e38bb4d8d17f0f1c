using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>What is closed unless a setting opens it, and what is answered where nothing is set up.</summary>
public sealed class LiveKitAccessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string[] Configured => [.. LiveKitBuilder.Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    [Fact]
    public async Task Without_keys_the_answer_is_503_and_names_what_is_missing()
    {
        await using var signet = await WholeSignet.StartAsync("--LiveKit:AllowAnonymous=true");

        using var answer = await signet.Client.GetAsync(new Uri("/api/token", UriKind.Relative), Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("LIVEKIT_API_KEY", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("LIVEKIT_API_SECRET", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("LIVEKIT_NOT_CONFIGURED", body.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Setting_opens_it_for_everybody_and_an_address_gets_so_many()
    {
        await using var signet = await WholeSignet.StartAsync([.. Configured, "--LiveKit:AllowAnonymous=true", "--Throttling:Budgets:AnonymousTokens=2"]);

        List<HttpStatusCode> statuses = [];
        for (var time = 0; time < 3; time++)
        {
            using var answer = await signet.Client.GetAsync(new Uri("/api/token", UriKind.Relative), Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Setting_lets_none_live_longer_and_says_so_in_hours()
    {
        await using var signet = await WholeSignet.StartAsync([.. Configured, "--LiveKit:AllowAnonymous=true", "--LiveKit:MaximumLifetime=10:30:00"]);

        using var usual = await signet.Client.GetAsync(new Uri("/api/token", UriKind.Relative), Stop);
        using var longer = await signet.Client.GetAsync(new Uri("/api/token?ttl=11", UriKind.Relative), Stop);

        Assert.Equal(10, (await usual.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("ttl_hours").GetInt32());
        Assert.Equal(
            "ttl must be a whole number of hours from 1 to 10.",
            (await longer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Token_that_is_refused_is_not_taken_for_none()
    {
        await using var signet = await WholeSignet.StartAsync([.. Configured, "--LiveKit:AllowAnonymous=true"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/token");
        request.Headers.Authorization = new("Bearer", "nonsense");

        using var answer = await signet.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Without_origins_no_page_of_another_site_reads_anything()
    {
        await using var signet = await WholeSignet.StartAsync([.. Configured, "--LiveKit:AllowAnonymous=true"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/token");
        request.Headers.Add("Origin", "https://meet.signet.test");

        using var answer = await signet.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
