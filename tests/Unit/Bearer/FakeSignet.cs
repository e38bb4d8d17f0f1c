using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>What an API sees of Signet, under a test's control: keys, tokens, and the list of what is revoked.</summary>
internal sealed class FakeSignet(ManualClock clock) : HttpMessageHandler
{
    public const string Issuer = "https://signet.example.com";
    public const string Audience = "https://api.example.com";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentQueue<object> _tokens = [];
    private readonly ConcurrentQueue<object> _cutOffs = [];
    private int _questions;

    /// <summary>Answers nobody.</summary>
    public bool IsAway { get; set; }

    /// <summary>Refuses the API's credentials.</summary>
    public bool Refuses { get; set; }

    public string[] RevokedKeys { get; set; } = [];

    public Dictionary<string, string[]>? Hierarchy { get; set; }

    /// <summary>Who may not act, as a list; null for nothing new.</summary>
    public object[]? Suspended { get; set; }

    /// <summary>How often it answered what is revoked.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>What was told of presentations.</summary>
    public ConcurrentQueue<JsonElement> Presentations { get; } = [];

    /// <summary>The Authorization header of the last call.</summary>
    public string? Credentials { get; private set; }

    public void Revoke(string jti, DateTimeOffset? expiresAt = null) =>
        _tokens.Enqueue(new { jti, exp = expiresAt?.ToUnixTimeSeconds() });

    public void CutOff(string scope, string? value, DateTimeOffset issuedBefore) => _cutOffs.Enqueue(new
    {
        scope,
        value = value is null ? null : Dashboard.Core.Tokens.ResourceServers.RevocationFeed.HashOf(scope, value),
        issued_before = issuedBefore.ToUnixTimeMilliseconds(),
    });

    /// <summary>Somebody who may not act.</summary>
    public static object Entry(string scope, string value, DateTimeOffset? from = null) => new
    {
        scope,
        value = Dashboard.Core.Tokens.ResourceServers.RevocationFeed.HashOf(scope, value),
        from = from?.ToUnixTimeMilliseconds(),
    };

    /// <summary>A token that is good, but for what a test changes in its claims; a claim set to null is left out.</summary>
    public string Token(string jti = "jti-1", string type = "at+jwt", string algorithm = "ES256", params (string Name, object? Value)[] claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object?> payload = new(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["sub"] = "user:ada",
            ["aud"] = Audience,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["jti"] = jti,
            ["client_id"] = "client-1",
            ["scope"] = "files:read",
        };
        foreach (var (name, value) in claims)
        {
            payload[name] = value;
        }

        var header = Part(new { alg = algorithm, kid = "key-1", typ = type });
        var input = $"{header}.{Part(payload.Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value, StringComparer.Ordinal))}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new HttpRequestException("Nobody answers.");
        }

        var path = request.RequestUri!.AbsolutePath;
        if (path is "/.well-known/jwks.json")
        {
            return Json(new { keys = new[] { Jwk() } });
        }

        Credentials = request.Headers.Authorization?.ToString();
        if (Refuses)
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden);
        }

        var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
        if (path is "/oauth/presentations")
        {
            foreach (var told in JsonSerializer.Deserialize<JsonElement[]>(form["presentations"]!)!)
            {
                Presentations.Enqueue(told);
            }

            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        var answer = Json(new
        {
            cursor = "fake.1",
            more = false,
            tokens = _tokens.ToArray(),
            cut_offs = _cutOffs.ToArray(),
            revoked_keys = RevokedKeys,
            suspended = Suspended,
            scope_hierarchy = form["since"] is "" ? Hierarchy : null,
        });
        Interlocked.Increment(ref _questions);
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private object Jwk()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            kid = "key-1",
            use = "sig",
            alg = "ES256",
            x = Base64Url.EncodeToString(point.X),
            y = Base64Url.EncodeToString(point.Y),
        };
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private static HttpResponseMessage Json(object body) => new(HttpStatusCode.OK) { Content = JsonContent.Create(body) };
}
