using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.OAuth;
using Dashboard.Tests.Unit.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Clients.Authentication;

/// <summary>Clients that sign who they are.</summary>
public sealed class ClientAssertionTests : IAsyncLifetime
{
    private const string Id = "client_signs";

    private readonly SignedAssertion _key = new();
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync();
        await _host.Services.AddAsync(Signing(Id) with { Details = ClientDetails.None with { Jwks = _key.Jwks } });
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(Id)]
    [InlineData(null)]
    public async Task Assertion_proves_its_client_whether_or_not_the_request_names_it(string? id)
    {
        var outcome = await _host.Get<ClientAuthentication>().AuthenticateAsync(
            new ClientCredential.Assertion(id, Sign()), RequestOrigin.None, Stop);

        Assert.Equal(Id, Assert.IsType<ClientAuthOutcome.Accepted>(outcome).Client.Id);
    }

    [Fact]
    public async Task Assertion_that_is_presented_twenty_times_at_once_is_good_once()
    {
        var jwt = Sign();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => IsAcceptedAsync(jwt))));

        Assert.Single(outcomes, isAccepted => isAccepted);
    }

    [Theory]
    [InlineData("iss", "\"client_other\"")]
    [InlineData("sub", "\"client_other\"")]
    [InlineData("aud", "\"https://signet.example.com/oauth/token\"")]
    [InlineData("aud", "\"https://signet.example.com/\"")]
    [InlineData("aud", "[\"https://signet.example.com\",\"https://other.example.com\"]")]
    [InlineData("aud", "[]")]
    [InlineData("aud", null)]
    [InlineData("exp", "1893499261")]
    [InlineData("exp", "1893499200")]
    [InlineData("exp", "1893499000")]
    [InlineData("exp", "\"1893499230\"")]
    [InlineData("exp", null)]
    [InlineData("nbf", "1893499231")]
    [InlineData("nbf", "\"soon\"")]
    [InlineData("iat", "1893499231")]
    [InlineData("jti", "\"\"")]
    [InlineData("jti", "7")]
    [InlineData("jti", null)]
    public async Task Assertion_with_a_wrong_claim_proves_nothing(string claim, string? value)
    {
        var jwt = Sign(claims => Set(claims, claim, value));

        Assert.False(await IsAcceptedAsync(jwt));
    }

    [Theory]
    [InlineData("aud", "[\"https://signet.example.com\"]")]
    [InlineData("exp", "1893499260")]
    [InlineData("exp", "1893499201")]
    [InlineData("nbf", "1893499230")]
    [InlineData("iat", "1893499230")]
    [InlineData("iat", null)]
    public async Task Assertion_at_its_limits_is_good(string claim, string? value) =>
        Assert.True(await IsAcceptedAsync(Sign(claims => Set(claims, claim, value))));

    [Theory]
    [InlineData("alg", "\"none\"")]
    [InlineData("alg", "\"HS256\"")]
    [InlineData("alg", "\"RS256\"")]
    [InlineData("alg", "\"ES384\"")]
    [InlineData("alg", "\"es256\"")]
    [InlineData("alg", null)]
    [InlineData("kid", "\"key-2\"")]
    [InlineData("typ", "\"at+jwt\"")]
    [InlineData("crit", "[\"exp\"]")]
    public async Task Assertion_with_a_wrong_header_proves_nothing(string name, string? value) =>
        Assert.False(await IsAcceptedAsync(Sign(header: header => Set(header, name, value))));

    [Fact]
    public async Task Assertion_signed_with_the_public_key_as_a_secret_proves_nothing()
    {
        var parts = Sign(header: header => header["alg"] = "HS256").Split('.');
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key.Jwks), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));

        Assert.False(await IsAcceptedAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(mac)}"));
    }

    [Fact]
    public async Task Assertion_of_another_key_proves_nothing_and_uses_up_no_id()
    {
        using var other = new SignedAssertion();
        void Named(JsonObject claims) => claims["jti"] = "the-one";

        Assert.False(await IsAcceptedAsync(other.Sign(Id, CoreHost.Issuer, _host.Clock.GetUtcNow(), Named)));
        Assert.True(await IsAcceptedAsync(Sign(Named)));
        Assert.False(await IsAcceptedAsync(Sign(Named)));
    }

    [Fact]
    public async Task Ids_of_different_clients_never_meet()
    {
        using var other = new SignedAssertion();
        await _host.Services.AddAsync(Signing("client_too") with { Details = ClientDetails.None with { Jwks = other.Jwks } });
        void Named(JsonObject claims) => claims["jti"] = "the-one";

        Assert.True(await IsAcceptedAsync(Sign(Named)));
        Assert.True(await IsAcceptedAsync(other.Sign("client_too", CoreHost.Issuer, _host.Clock.GetUtcNow(), Named), "client_too"));
        Assert.False(await IsAcceptedAsync(other.Sign("client_too", CoreHost.Issuer, _host.Clock.GetUtcNow()), Id));
    }

    [Fact]
    public async Task Client_that_has_secrets_cannot_sign_and_one_that_signs_has_no_secret()
    {
        await _host.Services.AddAsync(OAuthClients.Confidential() with { Details = ClientDetails.None with { Jwks = _key.Jwks } });

        Assert.False(await IsAcceptedAsync(_key.Sign("client_one", CoreHost.Issuer, _host.Clock.GetUtcNow()), "client_one"));
        Assert.IsType<ClientAuthOutcome.Refused>(await _host.Get<ClientAuthentication>().AuthenticateAsync(
            new ClientCredential.Secret(Id, OAuthClients.Secret), RequestOrigin.None, Stop));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task Keys_of_rsa_work_too_and_small_ones_do_not(string algorithm)
    {
        foreach (var (size, isGood) in new[] { (2048, true), (1024, false) })
        {
            using var rsa = RSA.Create(size);
            var key = rsa.ExportParameters(includePrivateParameters: false);
            var id = $"client_rsa_{size}";
            await _host.Services.AddAsync(Signing(id) with
            {
                Details = ClientDetails.None with
                {
                    Jwks = JsonSerializer.Serialize(new
                    {
                        keys = new[] { new { kty = "RSA", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } },
                    }),
                },
            });
            var parts = _key.Sign(id, CoreHost.Issuer, _host.Clock.GetUtcNow(), header: header => header["alg"] = algorithm).Split('.');
            var signature = rsa.SignData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                HashAlgorithmName.SHA256,
                algorithm is "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

            Assert.Equal(isGood, await IsAcceptedAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}", id));
        }
    }

    [Fact]
    public async Task Nobody_is_called_for_a_client_that_may_not_act()
    {
        await using var server = await KeyServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(_key.Jwks);
        using var way = server.Way();
        await using var host = await CoreHost.StartAsync(configure: services => services.AddSingleton(way));
        foreach (var state in Enum.GetValues<ClientState>())
        {
            await host.Services.AddAsync(Signing($"client_{state}") with
            {
                State = state,
                Details = ClientDetails.None with { JwksUri = $"https://keys.example.com:{server.Port}/jwks" },
            });
        }

        foreach (var id in new[] { "client_Pending", "client_Disabled", "client_unknown" })
        {
            Assert.Equal(ClientAuthentication.AnyRefusal, Assert.IsType<ClientAuthOutcome.Refused>(await AskAsync(id)).Description);
        }

        Assert.Equal(0, server.Requests);
        Assert.IsType<ClientAuthOutcome.Accepted>(await AskAsync("client_Enabled"));

        Task<ClientAuthOutcome> AskAsync(string id) => host.Get<ClientAuthentication>().AuthenticateAsync(
            new ClientCredential.Assertion(id, _key.Sign(id, CoreHost.Issuer, host.Clock.GetUtcNow())), RequestOrigin.None, Stop);
    }

    private static Client Signing(string id) =>
        OAuthClients.Confidential(id) with { AuthMethod = ClientAuthMethod.PrivateKeyJwt, Secrets = [] };

    private static void Set(JsonObject json, string name, string? value)
    {
        json.Remove(name);
        if (value is not null)
        {
            json[name] = JsonNode.Parse(value);
        }
    }

    private string Sign(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        _key.Sign(Id, CoreHost.Issuer, _host.Clock.GetUtcNow(), claims, header);

    private async Task<bool> IsAcceptedAsync(string jwt, string id = Id) => await _host.Get<ClientAuthentication>().AuthenticateAsync(
        new ClientCredential.Assertion(id, jwt), RequestOrigin.None, Stop) is ClientAuthOutcome.Accepted;
}
