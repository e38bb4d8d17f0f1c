using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Keys.Making;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>The key ring over HTTP, and that no key ever shows where it should not.</summary>
public sealed class KeyApiTests : IAsyncLifetime
{
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly EveryLine _log = new();
    private WholeSignet _signet = null!;
    private string _bearer = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeyRing Ring => _signet.Services.GetRequiredService<KeyRing>();

    private IReadOnlyList<string> StoreFiles =>
        Environment.GetEnvironmentVariable("SIGNET_TEST_STORE") is "redis"
            ? [.. RedisServer.Shared.Files]
            : Directory.GetFiles(_signet.Services.GetRequiredService<IOptions<SignetOptions>>().Value.DataFolder, "signet.db*")
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync(
            services => services.AddLogging(logging => logging.AddProvider(_log).AddFilter<EveryLine>(null, LogLevel.Trace)),
            "--Keys:OtherAlgorithms:0=HS256");
        _bearer = await _signet.LogInAsync(await _signet.AddOperatorAsync("olga", Roles.Administrator));
    }

    public async ValueTask DisposeAsync()
    {
        _ec.Dispose();
        await _signet.DisposeAsync();
    }

    [Fact]
    public async Task List_tells_of_keys_and_of_what_becomes_of_them()
    {
        var (_, list) = await CallAsync(HttpMethod.Get, "");

        Assert.Equal(4, list.GetProperty("total").GetInt32());
        Assert.All(list.GetProperty("items").EnumerateArray(), key => Assert.False(key.TryGetProperty("secret", out _)));
        var rings = list.GetProperty("rings").EnumerateArray().ToList();
        Assert.Equal(["ES256", "HS256"], rings.Select(ring => ring.GetProperty("alg").GetString()));
        Assert.Equal([true, false], rings.Select(ring => ring.GetProperty("is_default").GetBoolean()));
        Assert.True(rings[0].TryGetProperty("next_rotation_at", out _));
        Assert.False(rings[1].TryGetProperty("next_rotation_at", out var never) && never.ValueKind is not JsonValueKind.Null);
    }

    [Fact]
    public async Task Secret_is_in_the_answer_that_made_it_and_nowhere_else()
    {
        var body = new { algorithm = "HS256", reason = "for the old services" };
        var (status, made) = await CallAsync(HttpMethod.Post, "", body, "one");
        var (kid, secret) = (made.GetProperty("kid").GetString()!, made.GetProperty("secret").GetString()!);
        Assert.Equal((201, 64, "next"), (status, secret.Length, made.GetProperty("state").GetString()));

        var (again, problem) = await CallAsync(HttpMethod.Post, "", body, "one");
        Assert.Equal((409, kid), (again, problem.GetProperty("kid").GetString()));
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, "", new { algorithm = "ES256", reason = "another" }, "one")).Status);
        var (_, list) = await CallAsync(HttpMethod.Get, "");
        Assert.DoesNotContain(secret, list.ToString(), StringComparison.Ordinal);
        Assert.Equal(409, (await CallAsync(HttpMethod.Get, $"/{kid}/public")).Status);
        await AssertNowhereAsync(secret);
    }

    [Fact]
    public async Task Imported_key_shows_in_no_log_problem_audit_or_file()
    {
        var pem = _ec.ExportPkcs8PrivateKeyPem();
        var secret = MadeElsewhere.Secret;
        var (status, made) = await CallAsync(HttpMethod.Post, "", new { material = pem, kid = "theirs", state = "previous", reason = "moving in" }, "one");
        Assert.Equal((201, "theirs", "previous"), (status, made.GetProperty("kid").GetString(), made.GetProperty("state").GetString()));
        Assert.False(made.TryGetProperty("secret", out var none) && none.ValueKind is not JsonValueKind.Null);
        Assert.Equal(409, (await CallAsync(HttpMethod.Post, "", new { material = pem, reason = "again" })).Status);

        (int Status, JsonElement Body)[] refused =
        [
            await CallAsync(HttpMethod.Post, "", new { material = pem[..^60], reason = "damaged" }),
            await CallAsync(HttpMethod.Post, "", new { material = secret, reason = "no algorithm" }),
            await CallAsync(HttpMethod.Post, "", new { material = secret, algorithm = "RS256", reason = "wrong algorithm" }),
            await CallAsync(HttpMethod.Post, "", new { material = new string('x', 20_000) + secret, algorithm = "HS256", reason = "too long" }),
            await CallAsync(HttpMethod.Post, "", new { material = new { secret }, reason = "no text" }),
        ];

        Assert.All(refused, answer => Assert.Equal(422, answer.Status));
        Assert.All(refused, answer => Assert.DoesNotContain(secret, answer.Body.ToString(), StringComparison.Ordinal));
        Assert.Equal(201, (await CallAsync(HttpMethod.Post, "", new { material = secret, algorithm = "HS256", reason = "theirs" }, "two")).Status);
        await AssertNowhereAsync(secret);
        await AssertNowhereAsync(pem.Split('\n')[1][..40]);
        Assert.Contains("moving in", JsonSerializer.Serialize(await ImportAuditAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"algorithm":"EdDSA","reason":"why"}""", "algorithm")]
    [InlineData("""{"algorithm":"RS256","reason":"why"}""", "algorithm")]
    [InlineData("""{"kid":"mine","reason":"why"}""", "kid")]
    [InlineData("""{"state":"previous","reason":"why"}""", "state")]
    [InlineData("""{"state":"current","reason":"why"}""", "state")]
    [InlineData("""{"algorithm":"ES256"}""", "reason")]
    public async Task Creation_that_is_wrong_names_the_field(string body, string field)
    {
        var before = Ring.All;

        var (status, problem) = await CallAsync(HttpMethod.Post, "", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(422, status);
        Assert.Contains(problem.GetProperty("validation_errors").EnumerateArray(), error => error.GetProperty("field").GetString() == field);
        Assert.Equal(before, Ring.All);
    }

    [Fact]
    public async Task Public_part_is_exported_in_two_forms_and_never_the_private_one()
    {
        var key = Ring.Current;

        using var pem = await SendAsync(HttpMethod.Get, $"/{key.KeyId}/public", null, null);
        using var read = ECDsa.Create();
        read.ImportFromPem(await pem.Content.ReadAsStringAsync(Stop));
        var (_, jwk) = await CallAsync(HttpMethod.Get, $"/{key.KeyId}/public?format=jwk");

        Assert.Equal(key.Material.ExportPublic(), read.ExportSubjectPublicKeyInfo());
        Assert.Equal((key.KeyId, false), (jwk.GetProperty("kid").GetString(), jwk.TryGetProperty("d", out _)));
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, $"/{key.KeyId}/public?format=der")).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, "/no-such-key/public")).Status);
        Assert.Equal(409, (await CallAsync(HttpMethod.Get, $"/{Ring.CurrentOf(KeyAlgorithm.HS256)!.KeyId}/public")).Status);
    }

    [Fact]
    public async Task Rotation_and_revocation_say_what_would_happen_and_then_do_it()
    {
        var secret = Ring.CurrentOf(KeyAlgorithm.HS256)!.KeyId;
        var (_, shy) = await CallAsync(HttpMethod.Post, "/rotation", new { algorithm = "HS256", reason = "due", dry_run = true });
        Assert.False(shy.GetProperty("would_succeed").GetBoolean());
        Assert.Contains("Nobody was shown", shy.GetProperty("refusal").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(409, (await CallAsync(HttpMethod.Post, "/rotation", new { algorithm = "RS256", reason = "due" })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, "/rotation", new { algorithm = "none", reason = "due" })).Status);

        var (status, rotated) = await CallAsync(HttpMethod.Post, "/rotation", new { algorithm = "HS256", force = true, reason = "due" });
        Assert.Equal((200, secret), (status, rotated.GetProperty("old_kid").GetString()));
        Assert.Equal(409, (await CallAsync(HttpMethod.Post, $"/{Ring.Current.KeyId}/revocation", new { reason = "stolen" })).Status);
        var (_, trial) = await CallAsync(HttpMethod.Post, $"/{secret}/revocation", new { reason = "stolen", dry_run = true });
        Assert.Equal((true, "revoked"), (trial.GetProperty("would_succeed").GetBoolean(), trial.GetProperty("becomes").GetString()));
        Assert.Equal(KeyState.Previous, Ring.Find(secret)!.State);

        var (_, revoked) = await CallAsync(HttpMethod.Post, $"/{secret}/revocation", new { reason = "stolen" });
        var (_, already) = await CallAsync(HttpMethod.Post, $"/{secret}/revocation", new { reason = "stolen" });

        Assert.Equal((false, true), (revoked.GetProperty("already").GetBoolean(), already.GetProperty("already").GetBoolean()));
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, "/no-such-key/revocation", new { reason = "stolen" })).Status);
    }

    [Fact]
    public async Task Minting_chooses_among_what_signs_here()
    {
        var (status, minted) = await CallAsync(
            HttpMethod.Post, "/dashboard/tokens", new { subject = "alice", algorithm = "HS256", reason = "a test" });
        Assert.Equal(201, status);
        Assert.Equal(
            "HS256",
            TokenBuilder.Json(ForgedToken.HeaderOf(minted.GetProperty("access_token").GetString()!)).GetProperty("alg").GetString());

        foreach (var algorithm in new[] { "RS256", "none", "hs256" })
        {
            var (refused, problem) = await CallAsync(HttpMethod.Post, "/dashboard/tokens", new { subject = "alice", algorithm, reason = "a test" });
            Assert.Equal(422, refused);
            Assert.Equal("algorithm", problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
        }
    }

    private async Task<AuditEntry?> ImportAuditAsync()
    {
        var page = await _signet.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter { Action = "keys.imported" }, null, 50, Stop);
        return page.Items.Select(item => item.Entry).LastOrDefault();
    }

    private async Task AssertNowhereAsync(string secret)
    {
        Assert.DoesNotContain(_log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        var audit = await CallAsync(HttpMethod.Get, "/dashboard/audit?limit=100");
        Assert.DoesNotContain(secret, audit.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, "/dashboard/events?cursor=next")).Status);
        var events = await CallAsync(HttpMethod.Get, "/dashboard/events?limit=100");
        Assert.DoesNotContain(secret, events.Body.ToString(), StringComparison.Ordinal);
        Assert.All(StoreFiles, file => Assert.Equal(-1, BytesOf(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret))));
    }

    private static byte[] BytesOf(string file)
    {
        using var all = new MemoryStream();
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.CopyTo(all);
        return all.ToArray();
    }

    private async Task<(int Status, JsonElement Body)> CallAsync(HttpMethod method, string path, object? body = null, string? idempotencyKey = null)
    {
        using var answer = await SendAsync(method, path, body, idempotencyKey);
        return ((int)answer.StatusCode, await TestHost.JsonOf(answer));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("/dashboard", StringComparison.Ordinal) ? path : "/dashboard/keys" + path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await _signet.Client.SendAsync(request, Stop);
    }

    /// <summary>All that anything logs, at every level.</summary>
    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
