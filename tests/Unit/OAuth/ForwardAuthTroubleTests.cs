using System.Net;
using System.Net.Http.Headers;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.OAuth.ForwardAuth;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>What a reverse proxy is answered that asks too much, or while the store is away.</summary>
public sealed class ForwardAuthTroubleTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signet-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Too_many_refusals_are_answered_with_when_to_ask_again()
    {
        await using var host = await StartAsync();
        using var refused = await host.GetAsync("/verify");
        using var answer = await host.GetAsync("/verify");
        using var byTarget = await host.GetAsync("/verify/mcp");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, byTarget.StatusCode);
        await AssertUnavailableAsync(HttpStatusCode.TooManyRequests, answer);
    }

    [Fact]
    public async Task Token_that_cannot_be_looked_up_is_let_through_nowhere()
    {
        string token;
        await using (var before = await StartAsync())
        {
            token = Assert.IsType<TokenIssueOutcome.Issued>(await before.Services.GetRequiredService<TokenIssuer>()
                .IssueAsync(TokenBuilder.Request() with { Client = null }, Stop)).Token;
        }

        await using var host = await StartAsync();
        var ledger = (TroubledLedger)host.Services.GetRequiredService<ITokenLedger>();
        ledger.IsUnreadable = true;
        using var away = await AskAsync(host, token);
        ledger.IsUnreadable = false;
        using var back = await AskAsync(host, token);

        await AssertUnavailableAsync(HttpStatusCode.ServiceUnavailable, away);
        Assert.False(away.Headers.Contains("X-User-Id"));
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(
        app => app.MapForwardAuth(),
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Throttling:Budgets:ForwardAuth"] = "1" },
        TroubledLedger.Insert,
        _folder.FullName);

    private static async Task<HttpResponseMessage> AskAsync(TestHost host, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.SendAsync(request);
    }

    private static async Task AssertUnavailableAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var json = await TestHost.JsonOf(answer);
        Assert.Equal("temporarily_unavailable", json.GetProperty("error").GetString());
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-ID")), json.GetProperty("request_id").GetString());
    }
}
