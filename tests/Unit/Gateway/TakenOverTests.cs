using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.OAuth;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Gateway;

/// <summary>Clients of a gateway that go on as before, at Signet.</summary>
public sealed class TakenOverTests(SharedSignet<TakenOverTests> shared)
    : OAuthTest(shared), IClassFixture<SharedSignet<TakenOverTests>>, ISharesSignet, IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private AGateway _gateway = null!;
    private TheirClient _client = null!;
    private string _id = "";
    private string _access = "";
    private string _refresh = "";

    public static string[] Settings => ["--Throttling:Budgets:ForwardAuth=0"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _gateway = await AGateway.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        _client = await _gateway.AddClientAsync(now);
        (_id, _access) = await _gateway.AddTokenAsync(_client.Id, now, Hour);
        _refresh = await _gateway.AddRefreshTokenAsync(_client.Id, now, Hour);
        var data = await Signet.Services.GetRequiredService<IGatewayReader>().ReadAsync(_gateway.Address, null, null, Stop);

        // Of one issuer with a key for each test: whichever made the signature is found.
        Assert.IsType<GatewayOutcome.Done>(await Signet.Services.GetRequiredService<GatewayImport>().RunAsync(
            new GatewayTakeover(data, AGateway.Issuer, _gateway.Import(), null), TokenBuilder.Somebody, null, Stop));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task Forward_auth_tells_the_proxy_what_the_gateway_told_it()
    {
        using var answer = await VerifyAsync(_access);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(("42", "octo", _access), (Header(answer, "X-User-Id"), Header(answer, "X-User-Name"), Header(answer, "X-Auth-Token")));
        Assert.Equal((_client.Id, "openid profile"), (Header(answer, "X-Auth-Client"), Header(answer, "X-Auth-Scopes")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refresh_token_gets_new_ones_once_by_either_way_to_send_the_secret(bool isBasic)
    {
        var answer = await AnswerAsync(RefreshForm(_refresh, isBasic));

        var next = answer.GetProperty("refresh_token").GetString()!;
        Assert.StartsWith("sgt_rt_", next, StringComparison.Ordinal);
        Assert.Equal("openid profile", answer.GetProperty("scope").GetString());
        using (var verified = await VerifyAsync(answer.GetProperty("access_token").GetString()!))
        {
            Assert.Equal(("42", "octo"), (Header(verified, "X-User-Id"), Header(verified, "X-User-Name")));
        }

        var again = await AnswerAsync(RefreshForm(next, isBasic));
        using (var verified = await VerifyAsync(again.GetProperty("access_token").GetString()!))
        {
            Assert.Equal("octo", Header(verified, "X-User-Name"));
        }

        Assert.Equal((400, "invalid_grant"), await ErrorAsync(RefreshForm(_refresh, isBasic)));
        Assert.Equal((400, "invalid_grant"), await ErrorAsync(RefreshForm(again.GetProperty("refresh_token").GetString()!, isBasic)));
    }

    [Fact]
    public async Task Refresh_token_is_good_for_its_client_alone_and_with_its_secret()
    {
        Assert.Equal((400, "invalid_grant"), await ErrorAsync(TokenForm(("grant_type", "refresh_token"), ("refresh_token", _refresh)).As("client_one")));
        Assert.Equal((401, "invalid_client"), await ErrorAsync(
            TokenForm(("grant_type", "refresh_token"), ("refresh_token", _refresh)).As(_client.Id, AGateway.Secret())));

        Assert.True((await AnswerAsync(RefreshForm(_refresh, isBasic: true))).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Introspection_tells_the_client_about_its_tokens()
    {
        var access = await AnswerAsync(Own("/oauth/introspect", _access));
        var refresh = await AnswerAsync(Own("/oauth/introspect", _refresh));

        Assert.True(access.GetProperty("active").GetBoolean());
        Assert.Equal((_id, "42", "octo", AGateway.Issuer, _client.Id), (
            Text(access, "jti"), Text(access, "sub"), Text(access, "username"), Text(access, "iss"), Text(access, "client_id")));
        Assert.True(refresh.GetProperty("active").GetBoolean());
        Assert.False((await AnswerAsync(OAuthClients.Form("/oauth/introspect", ("token", _access)).As("client_one"))).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task What_the_client_gives_back_is_revoked()
    {
        using (await SendAsync(Own("/oauth/revoke", _access)))
        using (await SendAsync(Own("/oauth/revoke", _refresh)))
        {
        }

        using var verified = await VerifyAsync(_access);
        Assert.Equal(HttpStatusCode.Unauthorized, verified.StatusCode);
        Assert.Equal((400, "invalid_grant"), await ErrorAsync(RefreshForm(_refresh, isBasic: true)));
        Assert.False((await AnswerAsync(Own("/oauth/introspect", _access))).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Registration_is_managed_with_the_token_that_it_was_given_there()
    {
        using var wrong = await SendAsync(Registration("reg-nothing"));
        var read = await AnswerAsync(Registration(_client.RegistrationToken));
        using var deletion = Registration(_client.RegistrationToken);
        deletion.Method = HttpMethod.Delete;
        using var deleted = await SendAsync(deletion);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(("An app", "openid profile"), (Text(read, "client_name"), Text(read, "scope")));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var verified = await VerifyAsync(_access);
        Assert.Equal(HttpStatusCode.Unauthorized, verified.StatusCode);
    }

    [Fact]
    public async Task An_import_is_an_event() => await Eventually.TrueAsync(async () => (await Signet.Services.GetRequiredService<EventLog>()
        .ReadNewestAsync(EventKinds.GatewayImported, 10, Stop)).Any(item => item.Detail!.Contains(AGateway.Issuer, StringComparison.Ordinal)));

    private HttpRequestMessage RefreshForm(string token, bool isBasic) => isBasic
        ? TokenForm(("grant_type", "refresh_token"), ("refresh_token", token)).As(_client.Id, _client.Secret)
        : TokenForm(("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", _client.Id), ("client_secret", _client.Secret));

    private HttpRequestMessage Own(string path, string token) =>
        OAuthClients.Form(path, ("token", token)).As(_client.Id, _client.Secret);

    private HttpRequestMessage Registration(string token) => new(HttpMethod.Get, $"/oauth/register/{_client.Id}")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private async Task<HttpResponseMessage> VerifyAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(request);
    }

    private async Task<(int Status, string Error)> ErrorAsync(HttpRequestMessage request)
    {
        var (status, error, _) = await RefusalAsync(request);
        return (status, error);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
