using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>Another system that issues tokens, with a real https server for its keys.</summary>
internal sealed class ForeignIssuer : IAsyncDisposable
{
    public const string Issuer = "https://login.example.com/realms/main";
    public const string Audience = "https://api.example.com";

    private readonly RSA _key = RSA.Create(2048);

    private ForeignIssuer(KeyServer server) => Server = server;

    public KeyServer Server { get; }

    /// <summary>Under which name its key is published and named in tokens.</summary>
    public string KeyId { get; set; } = "key-1";

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    public static async Task<ForeignIssuer> StartAsync()
    {
        var issuer = new ForeignIssuer(await KeyServer.StartAsync());
        issuer.Publish();
        return issuer;
    }

    /// <summary>Settings that trust it.</summary>
    public Dictionary<string, string?> Settings(int number = 0, string issuer = Issuer) => new(StringComparer.Ordinal)
    {
        [$"Keys:TrustedIssuers:{number}:Issuer"] = issuer,
        [$"Keys:TrustedIssuers:{number}:Name"] = $"Login {number}",
        [$"Keys:TrustedIssuers:{number}:JwksUri"] = $"https://keys.example.com:{Server.Port}/jwks",
        [$"Keys:TrustedIssuers:{number}:Audiences:0"] = Audience,
        [$"Keys:TrustedIssuers:{number}:Algorithms:0"] = "RS256",
        [$"Keys:TrustedIssuers:{number}:Algorithms:1"] = "PS256",
    };

    /// <summary>A core that trusts it, and takes this machine for the internet.</summary>
    public Task<CoreHost> StartCoreAsync(IReadOnlyDictionary<string, string?>? more = null, bool hosted = false) => CoreHost.StartAsync(
        Settings().Concat(more ?? new Dictionary<string, string?>(StringComparer.Ordinal)).GroupBy(item => item.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
        hosted,
        services => services.AddSingleton(_ => Server.Way()));

    /// <summary>Publishes this key under these names.</summary>
    public void Publish(params string[] keyIds) =>
        Server.Answer = context => context.Response.WriteAsync(JwksOf(keyIds is [] ? [KeyId] : keyIds));

    public string JwksOf(params string[] keyIds)
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            keys = keyIds.Select(id => new
            {
                kty = "RSA",
                kid = id,
                n = Base64Url.EncodeToString(key.Modulus),
                e = Base64Url.EncodeToString(key.Exponent),
            }),
        });
    }

    public void Fail() => Server.Answer = context =>
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    };

    /// <summary>A good token, unless something is changed in it; a null value leaves a member out.</summary>
    public string Token(CoreHost host, (string Name, JsonNode? Value)[]? claims = null, (string Name, JsonNode? Value)[]? header = null) =>
        TokenAt(host.Clock.GetUtcNow().ToUnixTimeSeconds(), claims, header);

    public string TokenAt(long now, (string Name, JsonNode? Value)[]? claims = null, (string Name, JsonNode? Value)[]? header = null)
    {
        JsonObject payload = new()
        {
            ["iss"] = Issuer,
            ["sub"] = "alice",
            ["aud"] = Audience,
            ["azp"] = "app-1",
            ["scope"] = "files:read",
            ["iat"] = now,
            ["exp"] = now + 3_600,
        };
        JsonObject head = new() { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        Change(payload, claims);
        Change(head, header);
        return ForgedToken.Sign(head.ToJsonString(), payload.ToJsonString(), data => _key.SignData(
            data,
            HashAlgorithmName.SHA256,
            head["alg"]?.GetValue<string>() is "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1));
    }

    public static ValidationContext Accepting(string? audience = null) => new() { AcceptsTrustedIssuers = true, Audience = audience };

    public static Task<TokenReport> ReportAsync(CoreHost host, string token, ValidationContext? context = null) =>
        host.Get<TokenReporter>().ReportAsync(token, context ?? Accepting(), TestContext.Current.CancellationToken);

    public static TrustedIssuerHealth Health(CoreHost host) => Assert.Single(host.Get<TrustedIssuers>().List());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _key.Dispose();
    }

    private static void Change(JsonObject json, (string Name, JsonNode? Value)[]? changes)
    {
        foreach (var (name, value) in changes ?? [])
        {
            json.Remove(name);
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
