using System.Diagnostics;
using System.Net;
using Dashboard.Core.Clients;
using Dashboard.Core.Operators;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Bearer;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.ResourceServers;

/// <summary>An API that uses the library, and a Signet that knows nothing of tests, with sockets and time between them.</summary>
public sealed class RealApiTests(SharedSignet<RealApiTests> shared)
    : ResourceServerTest(shared), IClassFixture<SharedSignet<RealApiTests>>, ISharesSignet
{
    public static string[] Settings => [.. Configured, "--Throttling:Budgets:ResourceServers=0"];

    private ClientAdministration Clients => Signet.Services.GetRequiredService<ClientAdministration>();

    [Fact]
    public async Task Disabled_client_is_refused_within_about_a_second_and_accepted_again_when_it_may_act()
    {
        await using var api = await StartApiAsync();
        var token = await GetTokenAsync("client_one", ("resource", Audience));
        Assert.Equal(HttpStatusCode.OK, (await api.AskAsync(token, "/files")).Status);

        await Clients.SetEnabledAsync("client_one", false, "a test", TokenBuilder.Somebody, Stop);
        var took = await UntilAsync(api, token, HttpStatusCode.Unauthorized);
        Assert.Contains("may not act at this time", (await api.AskAsync(token, "/files")).Challenge, StringComparison.Ordinal);

        await Clients.SetEnabledAsync("client_one", true, "a test", TokenBuilder.Somebody, Stop);
        await UntilAsync(api, token, HttpStatusCode.OK);

        // The library asks every second; a busy machine is given some more.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Person_who_is_disabled_is_refused_and_accepted_again_when_they_may_act()
    {
        await using var api = await StartApiAsync();
        var ada = await Signet.AddOperatorAsync("ada", "reviewer");
        var token = await GetTokenOfAsync("ada");
        Assert.Equal(HttpStatusCode.OK, (await api.AskAsync(token, "/files")).Status);
        var operators = Signet.Services.GetRequiredService<OperatorAdministration>();

        await operators.SetEnabledAsync(ada.Id, false, "a test", TokenBuilder.Somebody, Stop);
        await UntilAsync(api, token, HttpStatusCode.Unauthorized);

        await operators.SetEnabledAsync(ada.Id, true, "a test", TokenBuilder.Somebody, Stop);
        await UntilAsync(api, token, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Api_that_starts_later_refuses_who_was_disabled_before()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_kept_out"));
        var token = await GetTokenAsync("client_kept_out", ("resource", Audience));
        await Clients.SetEnabledAsync("client_kept_out", false, "a test", TokenBuilder.Somebody, Stop);
        await Eventually.TrueAsync(async () => (await AnswerAsync(Asking().As(Api))).GetProperty("suspended").GetArrayLength() == 1);

        await using var api = await StartApiAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.AskAsync(token, "/files")).Status);
    }

    private Task<BearerApi> StartApiAsync() => BearerApi.StartAsync(TimeProvider.System, options =>
    {
        options.Issuer = "http://localhost";
        options.Address = Signet.Client.BaseAddress;
        options.Audiences.Add(Audience);
        (options.ClientId, options.ClientSecret) = (Api, OAuthClients.Secret);
    });

    private async Task<string> GetTokenOfAsync(string person)
    {
        var issued = await Signet.Services.GetRequiredService<TokenIssuer>().IssueAsync(
            TokenBuilder.Request(TokenKind.Minted) with { Subject = "user:" + person, Audience = Audience, Scopes = ["files:read"] }, Stop);
        return Assert.IsType<TokenIssueOutcome.Issued>(issued).Token;
    }

    private static async Task<TimeSpan> UntilAsync(BearerApi api, string token, HttpStatusCode status)
    {
        var began = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => (await api.AskAsync(token, "/files")).Status == status);
        return Stopwatch.GetElapsedTime(began);
    }
}
