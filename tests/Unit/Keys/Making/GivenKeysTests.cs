using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Keys.Making;

/// <summary>Keys that the settings bring along from an existing deployment.</summary>
public sealed class GivenKeysTests : IDisposable
{
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2_048);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ec.Dispose();
        _rsa.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Private_key_signs_from_the_start_in_a_new_store(bool isEncoded)
    {
        var pem = _ec.ExportPkcs8PrivateKeyPem();
        await using var host = await StartAsync(("JWT_PRIVATE_KEY_B64", isEncoded ? MadeElsewhere.Base64(pem) : pem), ("JWT_KEY_ID", "blessed-key-1"));

        var current = host.Get<KeyRing>().Current;
        Assert.Equal(("blessed-key-1", true), (current.KeyId, current.IsImported));
        Assert.Equal(_ec.ExportSubjectPublicKeyInfo(), current.Material.ExportPublic());
        Assert.Single(host.Get<KeyRing>().All, key => key.State is KeyState.Next);
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
    }

    [Fact]
    public async Task Rsa_key_pads_as_the_settings_say()
    {
        await using var host = await StartAsync(("Keys:Algorithm", "PS256"), ("JWT_PRIVATE_KEY_B64", MadeElsewhere.Base64(_rsa.ExportRSAPrivateKeyPem())));

        Assert.Equal((KeyAlgorithm.PS256, true), (host.Get<KeyRing>().Current.Algorithm, host.Get<KeyRing>().Current.IsImported));
    }

    [Fact]
    public async Task Secret_signs_from_the_start_where_secrets_sign()
    {
        var secret = MadeElsewhere.Secret;
        await using var host = await StartAsync(("Keys:Algorithm", "HS256"), ("JWT_SECRET", secret));

        Assert.Equal(Encoding.UTF8.GetBytes(secret), host.Get<KeyRing>().Current.Material.ExportPrivate());
        Assert.NotNull(host.Get<KeyRing>().Current.SharedAt);
    }

    [Fact]
    public async Task Secret_is_warned_about_where_secrets_do_not_sign()
    {
        var log = new Warnings();
        var secret = MadeElsewhere.Secret;
        await using var host = CoreHost.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["JWT_SECRET"] = secret },
            configure: services => services.AddLogging(logging => logging.AddProvider(log)));
        await host.OpenAsync();

        // Other parts warn of things of their own, such as what a Redis is not set up for.
        Assert.Single(log.Lines, line => line.StartsWith("JWT_SECRET is not used", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Get<KeyRing>().All, key => key.IsImported);
    }

    [Fact]
    public async Task Old_store_lets_it_wait_and_restarts_change_nothing()
    {
        await using var host = await StartAsync();
        var (signing, waiting) = (host.Get<KeyRing>().Current.KeyId, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId);
        var issued = await host.IssueAsync();

        await host.ReopenAsync(("JWT_PRIVATE_KEY_B64", _ec.ExportPkcs8PrivateKeyPem()));

        var ring = host.Get<KeyRing>();
        var given = ring.NextOf(KeyAlgorithm.ES256)!;
        Assert.Equal((signing, true), (ring.Current.KeyId, given.IsImported));
        Assert.Equal(KeyState.Retired, ring.Find(waiting)!.State);
        var entry = (await host.Get<IAuditStore>().FindNewestAsync(Stop))!;
        Assert.Equal(("keys.imported", "signet", "Given by JWT_PRIVATE_KEY_B64"), (entry.Entry.Action, entry.Entry.Who.Name, entry.Entry.Reason));
        Assert.Null(await host.CodeAsync(issued.Token));

        await host.ReopenAsync();

        Assert.Equal(ring.All.Select(key => key.KeyId).Order(), host.Get<KeyRing>().All.Select(key => key.KeyId).Order());
        Assert.Equal(entry.Number, (await host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number);
    }

    [Fact]
    public async Task Key_that_was_revoked_does_not_come_back()
    {
        await using var host = await StartAsync(("JWT_PRIVATE_KEY_B64", _ec.ExportPkcs8PrivateKeyPem()));
        var given = host.Get<KeyRing>().Current.KeyId;
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, true, "stolen"), TokenBuilder.Somebody, Stop);

        await host.ReopenAsync();

        Assert.Equal(KeyState.Revoked, host.Get<KeyRing>().Find(given)!.State);
        Assert.DoesNotContain(host.Get<KeyRing>().All, key => key.IsImported && key.IsWaitingOrSigning);
    }

    [Fact]
    public async Task Name_that_another_key_has_ends_the_start()
    {
        await using var host = await StartAsync();
        var taken = host.Get<KeyRing>().Current.KeyId;

        var exception = await Assert.ThrowsAsync<StartupException>(() => host.ReopenAsync(
            ("JWT_PRIVATE_KEY_B64", _ec.ExportPkcs8PrivateKeyPem()), ("JWT_KEY_ID", taken)));

        Assert.Contains("JWT_KEY_ID", exception.Message, StringComparison.Ordinal);
        Assert.Equal(StartupException.WrongSetting, exception.ExitCode);
    }

    [Theory]
    [InlineData("JWT_SECRET", "too-short")]
    [InlineData("JWT_SECRET", "your-256-bit-secret-your-256-bit-secret")]
    [InlineData("JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("JWT_PRIVATE_KEY_B64", "LS0tLS1CRUdJTg==")]
    [InlineData("JWT_PRIVATE_KEY_B64", "not a key at all")]
    [InlineData("JWT_PRIVATE_KEY_B64", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public async Task Value_that_is_no_key_ends_the_start_and_is_not_told(string setting, string value)
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Keys:OtherAlgorithms:0"] = "HS256",
            [setting] = value,
        });

        var exception = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);

        Assert.StartsWith(setting, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, exception.Message, StringComparison.Ordinal);
        Assert.Equal(StartupException.WrongSetting, exception.ExitCode);
    }

    [Fact]
    public async Task Key_of_an_algorithm_that_does_not_sign_here_ends_the_start()
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["JWT_PRIVATE_KEY_B64"] = _rsa.ExportPkcs8PrivateKeyPem(),
        });

        Assert.Contains("RS256", (await Assert.ThrowsAsync<StartupException>(host.OpenAsync)).Message, StringComparison.Ordinal);
    }

    private static async Task<CoreHost> StartAsync(params (string Name, string? Value)[] settings) => await CoreHost.StartAsync(
        settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Two nodes that start at once, with the same key in their settings.</summary>
public sealed class GivenKeysOfSeveralNodesTests(RedisServer redis)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nodes_that_start_at_once_bring_a_key_once(bool isNewStore)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var settings = redis.Settings();
        settings["SIGNET_MASTER_KEY"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        if (!isNewStore)
        {
            await using var first = await CoreHost.StartAsync(settings);
        }

        settings["JWT_PRIVATE_KEY_B64"] = key.ExportPkcs8PrivateKeyPem();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CoreHost.StartAsync(settings))));
        try
        {
            foreach (var node in nodes)
            {
                await node.Get<KeyRing>().RefreshAsync(TestContext.Current.CancellationToken);
                var keys = node.Get<KeyRing>().All;
                Assert.Equal(isNewStore ? KeyState.Current : KeyState.Next, Assert.Single(keys, one => one.IsImported).State);
                Assert.Single(keys, one => one.State is KeyState.Current);
                Assert.Single(keys, one => one.State is KeyState.Next);
                Assert.Equal(isNewStore ? 2 : 3, keys.Count);
            }
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }
}
