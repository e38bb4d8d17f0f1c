using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Outbound;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.OAuth;
using Dashboard.Tests.Unit.Outbound;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Tests.Unit.Clients.Authentication;

/// <summary>Keys that a client keeps at an address.</summary>
public sealed class ClientKeySetsTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly SignedAssertion _key = new();
    private KeyServer _server = null!;
    private GuardedHttp _http = null!;
    private ClientKeySets _sets = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await KeyServer.StartAsync();
        _server.Answer = context => context.Response.WriteAsync(_key.Jwks);
        _http = _server.Way();
        _sets = new ClientKeySets(_http, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _key.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_fetched_once_and_again_when_they_are_old()
    {
        Assert.Equal("key-1", Assert.Single(await FindAsync("key-1")).KeyId);
        _clock.Advance(ClientKeySets.Lifetime - TimeSpan.FromSeconds(1));
        await FindAsync("key-1");
        Assert.Equal(1, _server.Requests);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await FindAsync("key-1");
        Assert.Equal(2, _server.Requests);
    }

    [Fact]
    public async Task Key_that_is_not_there_is_looked_for_again_once_a_minute()
    {
        await FindAsync("key-2");
        await FindAsync("key-2");
        Assert.Equal(1, _server.Requests);
        _server.Answer = context => context.Response.WriteAsync(_key.JwksOf("key-2"));

        _clock.Advance(ClientKeySets.CoolDown);

        Assert.Equal("key-2", Assert.Single(await FindAsync("key-2")).KeyId);
        await FindAsync("key-3");
        Assert.Equal(2, _server.Requests);
    }

    [Fact]
    public async Task Server_that_fails_is_asked_once_a_minute_and_gives_no_keys()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        Assert.Empty(await FindAsync("key-1"));
        Assert.Empty(await FindAsync("key-1"));

        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Keys_that_were_had_stay_while_their_address_fails_and_it_is_asked_again_after_a_minute()
    {
        await FindAsync("key-1");
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        _clock.Advance(ClientKeySets.CoolDown);
        Assert.Equal("key-1", Assert.Single(await FindAsync("an-invented-one")).KeyId);

        _clock.Advance(ClientKeySets.Lifetime);
        Assert.Equal("key-1", Assert.Single(await FindAsync("key-1")).KeyId);
        Assert.Equal("key-1", Assert.Single(await FindAsync("key-1")).KeyId);
        Assert.Equal(3, _server.Requests);

        _server.Answer = context => context.Response.WriteAsync(_key.JwksOf("key-2"));
        _clock.Advance(ClientKeySets.CoolDown);

        Assert.Equal("key-2", Assert.Single(await FindAsync("key-1")).KeyId);
        Assert.Equal(4, _server.Requests);
    }

    [Fact]
    public async Task Many_who_look_at_once_fetch_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => FindAsync("key-1"))));

        Assert.All(all, keys => Assert.Single(keys));
        Assert.Equal(1, _server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[null,7,{}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"*\",\"y\":\"AAAA\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"\\ud800\"}]}")]
    public async Task Set_that_holds_no_usable_key_gives_none(string json)
    {
        _server.Answer = context => context.Response.WriteAsync(json);

        Assert.Empty(await FindAsync(null));
    }

    private Task<IReadOnlyList<PublicKey>> FindAsync(string? keyId) => _sets.FindAsync(
        OAuthClients.Confidential() with
        {
            AuthMethod = ClientAuthMethod.PrivateKeyJwt,
            Details = ClientDetails.None with { JwksUri = $"https://keys.example.com:{_server.Port}/jwks" },
        },
        keyId,
        Stop);
}
