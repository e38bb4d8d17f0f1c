using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Gateway;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Tests.Unit.Infrastructure;
using StackExchange.Redis;

namespace Dashboard.Tests.Unit.Gateway;

/// <summary>An MCP OAuth Gateway as far as its data and its tokens go: a Redis of its own, filled as it fills it, and its key.</summary>
internal sealed class AGateway : IAsyncDisposable
{
    public const string Issuer = "https://auth.example.com";

    private readonly RedisServer _server = new("--databases", "2");
    private readonly RSA _key = RSA.Create(2048);
    private ConnectionMultiplexer _redis = null!;

    /// <summary>Where it keeps its data.</summary>
    public string Address => _server.Address;

    /// <summary>As <c>JWT_PRIVATE_KEY_B64</c>.</summary>
    public string PrivateKey => Convert.ToBase64String(Encoding.UTF8.GetBytes(_key.ExportPkcs8PrivateKeyPem()));

    public IDatabase Database => _redis.GetDatabase();

    public static async Task<AGateway> StartAsync()
    {
        var gateway = new AGateway();
        await gateway._server.StartAsync();
        gateway._redis = await ConnectionMultiplexer.ConnectAsync(gateway.Address);
        return gateway;
    }

    /// <summary>32 random bytes, as Python's <c>token_urlsafe(32)</c> writes them.</summary>
    public static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public KeyImport Import() => new(KeyReader.PlainOf(PrivateKey), null, null, KeyState.Previous, "moving");

    public async Task<GatewayTakeover> ReadAsync(CoreHost host, bool withKey = true) => new(
        await host.Get<IGatewayReader>().ReadAsync(Address, null, null, TestContext.Current.CancellationToken),
        Issuer,
        withKey ? Import() : null,
        "moving");

    /// <summary>Registers a client.</summary>
    public async Task<TheirClient> AddClientAsync(DateTimeOffset at, Action<JsonObject>? change = null, TimeSpan? lifetime = null)
    {
        var client = new TheirClient($"client_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))}", Secret(), $"reg-{Secret()}");
        var value = new JsonObject
        {
            ["client_id"] = client.Id,
            ["client_secret"] = client.Secret,
            ["client_secret_expires_at"] = lifetime is { } life ? (at + life).ToUnixTimeSeconds() : 0,
            ["client_id_issued_at"] = at.ToUnixTimeSeconds(),
            ["redirect_uris"] = "[\"https://app.example.com/cb\"]",
            ["client_name"] = "An app",
            ["scope"] = "openid profile",
            ["created_at"] = at.ToUnixTimeSeconds(),
            ["response_types"] = "[\"code\"]",
            ["grant_types"] = "[\"authorization_code\", \"refresh_token\"]",
            ["registration_access_token"] = client.RegistrationToken,
        };
        change?.Invoke(value);
        await Database.StringSetAsync($"oauth:client:{client.Id}", value.ToJsonString(), lifetime);
        return client;
    }

    /// <summary>Gives out an access token.</summary>
    /// <returns>Its <c>jti</c>, and the token.</returns>
    public async Task<(string Id, string Token)> AddTokenAsync(
        string client, DateTimeOffset at, TimeSpan lifetime, string scope = "openid profile", string? secret = null)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var granted = new JsonObject
        {
            ["sub"] = "42",
            ["username"] = "octo",
            ["email"] = "o@example.com",
            ["name"] = null,
            ["scope"] = scope,
            ["client_id"] = client,
        };
        var claims = Claims(granted, id, at, lifetime);
        granted["created_at"] = at.ToUnixTimeSeconds();
        granted["expires_at"] = (at + lifetime).ToUnixTimeSeconds();
        await Database.StringSetAsync($"oauth:token:{id}", granted.ToJsonString());
        await Database.SetAddAsync("oauth:user_tokens:octo", id);
        return (id, secret is null ? Sign(claims) : SignBySecret(claims, secret));
    }

    public async Task<string> AddRefreshTokenAsync(string client, DateTimeOffset at, TimeSpan? lifetime, string scope = "openid profile")
    {
        var token = Secret();
        var value = new JsonObject
        {
            ["user_id"] = "42",
            ["username"] = "octo",
            ["client_id"] = client,
            ["scope"] = scope,
            ["created_at"] = at.ToUnixTimeSeconds(),
        };
        await Database.StringSetAsync($"oauth:refresh:{token}", value.ToJsonString(), lifetime);
        return token;
    }

    /// <summary>A token with the key and without a row.</summary>
    public string Sign(JsonObject claims)
    {
        var input = Input("RS256", claims);
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>The claims of a token, to be changed.</summary>
    public static JsonObject ClaimsOf(string token) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private static JsonObject Claims(JsonObject granted, string id, DateTimeOffset at, TimeSpan lifetime)
    {
        var claims = granted.DeepClone().AsObject();
        claims["jti"] = id;
        claims["iat"] = at.ToUnixTimeSeconds();
        claims["exp"] = (at + lifetime).ToUnixTimeSeconds();
        claims["iss"] = Issuer;
        claims["aud"] = Issuer;
        return claims;
    }

    private static string SignBySecret(JsonObject claims, string secret)
    {
        var input = Input("HS256", claims);
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Input(string algorithm, JsonObject claims) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, typ = "JWT" }))}."
        + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
}

/// <summary>What a client of the gateway knows of itself.</summary>
internal sealed record TheirClient(string Id, string Secret, string RegistrationToken);
