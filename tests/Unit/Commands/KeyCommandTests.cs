using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Keys.Making;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Keys from the command line, while a server works with them.</summary>
public sealed class KeyCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeyRing Ring => _runner.Host.Get<KeyRing>();

    // A command has no other clock than the system's, so the server has that one too.
    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync(
        hosted: true, configure: services => services.AddSingleton(TimeProvider.System));

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task Keys_are_listed_and_shown_with_what_they_signed()
    {
        await _runner.Host.IssueAsync();
        var kid = Ring.Current.KeyId;
        await Eventually.TrueAsync(async () => (await _runner.ReadAsync("keys", "show", kid)).GetProperty("issued").GetInt64() is 1);

        var listed = await _runner.ReadAsync("keys", "list");
        var shown = await _runner.ReadAsync("keys", "show", kid);
        Assert.Equal(0, await _runner.RunAsync("keys", "list"));
        var text = _runner.Answer();

        Assert.Equal(["current", "next"], listed.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("state").GetString()).Order());
        Assert.Equal(kid, listed.GetProperty("rings")[0].GetProperty("current_kid").GetString());
        Assert.Equal(1, shown.GetProperty("live_tokens").GetInt64());
        Assert.True(shown.TryGetProperty("last_signed_at", out _));
        Assert.Matches($"{kid} +ES256 +current ", text);
        Assert.Contains($"{kid} signs.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_of_a_system_that_was_taken_over_names_its_issuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var import = new KeyImport(MadeElsewhere.Pkcs8(key), null, "of-the-gateway", KeyState.Previous, "taken over");
        Assert.IsType<KeyCreation.Created>(await _runner.Host.Get<KeyMaking>().TakeOverAsync(
            import, "https://auth.example.com", TokenBuilder.Somebody, Stop));

        var listed = await _runner.ReadAsync("keys", "list");
        Assert.Equal(0, await _runner.RunAsync("keys", "list"));
        Assert.Matches("of-the-gateway .* https://auth.example.com", _runner.Answer());
        Assert.Equal(0, await _runner.RunAsync("keys", "show", "of-the-gateway"));
        Assert.Matches("Taken over from: +https://auth.example.com", _runner.Answer());

        Assert.Equal(
            [("of-the-gateway", "https://auth.example.com")],
            listed.GetProperty("items").EnumerateArray()
                .Where(item => item.TryGetProperty("issuer", out var issuer) && issuer.ValueKind is JsonValueKind.String)
                .Select(item => (item.GetProperty("kid").GetString(), item.GetProperty("issuer").GetString())));
    }

    [Fact]
    public async Task A_young_next_key_signs_only_where_that_is_forced()
    {
        var (old, next) = (Ring.Current.KeyId, Ring.NextOf(KeyAlgorithm.ES256)!.KeyId);

        Assert.Equal(1, await _runner.RunAsync("keys", "rotate"));
        Assert.Contains("Rotating sooner needs force", _runner.Said, StringComparison.Ordinal);
        Assert.Equal(2, await _runner.RunUnattendedAsync("keys", "rotate", "--force"));
        var planned = await _runner.ReadAsync("keys", "rotate", "--force", "--dry-run");
        Assert.Equal(old, Ring.Current.KeyId);
        var done = await _runner.ReadAsync("keys", "rotate", "--force", "--yes", "--reason", "a drill");

        Assert.Equal(("planned", next), (planned.GetProperty("status").GetString(), planned.GetProperty("current_kid").GetString()));
        Assert.Equal((next, old), (done.GetProperty("current_kid").GetString(), done.GetProperty("old_kid").GetString()));
        await Eventually.TrueAsync(() => Ring.Current.KeyId == next);
        var entry = Assert.Single((await _runner.Host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "keys.rotated"), null, 10, Stop)).Items).Entry;
        Assert.Equal(($"cli:{Environment.UserName}", "a drill"), (entry.Who.Name, entry.Reason));
    }

    [Fact]
    public async Task A_rotation_that_revokes_says_what_it_breaks_before()
    {
        var token = await _runner.Host.IssueAsync();
        _runner.Answers("no");

        Assert.Equal(1, await _runner.RunAsync("keys", "rotate", "--revoke"));
        Assert.Contains("1 live token of 1 client (client-1)", _runner.Said, StringComparison.Ordinal);
        Assert.Null(await _runner.Host.CodeAsync(token.Token));
        _runner.Answers("yes");
        Assert.Equal(0, await _runner.RunAsync("keys", "rotate", "--revoke"));

        await Eventually.TrueAsync(async () => await _runner.Host.CodeAsync(token.Token) is not null);
    }

    [Fact]
    public async Task A_key_is_retired_only_after_its_last_token_has_expired()
    {
        var issued = await _runner.Host.IssueAsync();
        var first = Ring.Current.KeyId;
        var second = (await _runner.ReadAsync("keys", "rotate", "--force", "--yes")).GetProperty("current_kid").GetString()!;
        await _runner.ReadAsync("keys", "rotate", "--force", "--yes");

        Assert.Equal(1, await _runner.RunAsync("keys", "retire", first, "--yes"));
        Assert.Contains("1 live tokens", _runner.Said, StringComparison.Ordinal);
        Assert.Contains($"{issued.ExpiresAt.UtcDateTime:yyyy-MM-dd}", _runner.Said, StringComparison.Ordinal);
        Assert.Equal(1, await _runner.RunAsync("keys", "retire", "nobody", "--yes"));
        Assert.Equal(2, await _runner.RunUnattendedAsync("keys", "retire", second));
        await _runner.ReadAsync("keys", "retire", second, "--yes");

        Assert.Equal("retired", (await _runner.ReadAsync("keys", "show", second)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_key_that_was_made_elsewhere_is_imported_from_a_file_or_standard_input()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(_runner.Host.Folder, "their.pem");
        await File.WriteAllTextAsync(file, MadeElsewhere.Pkcs8(key), Stop);

        var imported = await _runner.ReadAsync("keys", "import", file, "--kid", "theirs.1", "--reason", "moving in");
        _runner.Pipes(MadeElsewhere.Secret);
        var secret = await _runner.ReadAsync("keys", "import", "-", "--algorithm", "HS256");

        Assert.Equal(("theirs.1", "previous"), (imported.GetProperty("kid").GetString(), imported.GetProperty("state").GetString()));
        Assert.Equal("HS256", secret.GetProperty("alg").GetString());
        Assert.DoesNotContain(MadeElsewhere.Secret, secret.ToString(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Ring.Find("theirs.1") is not null);
        Assert.Equal(1, await _runner.RunAsync("keys", "import", file));
        Assert.Contains("holds this key already", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_takes_the_place_of_the_next_one_says_which_it_drops()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var waiting = Ring.NextOf(KeyAlgorithm.ES256)!.KeyId;
        string[] import = ["keys", "import", "-", "--kid", "theirs.2", "--state", "next"];
        _runner.Pipes(MadeElsewhere.Pkcs8(key));

        Assert.Equal(2, await _runner.RunUnattendedAsync(import));
        var planned = await _runner.ReadAsync([.. import, "--dry-run"]);
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync(import));
        Assert.Contains($"{waiting} is dropped; it never signed.", _runner.Said, StringComparison.Ordinal);
        Assert.Equal(waiting, Ring.NextOf(KeyAlgorithm.ES256)!.KeyId);
        Assert.Equal(0, await _runner.RunAsync([.. import, "--yes"]));

        Assert.Equal(("theirs.2", waiting), (planned.GetProperty("kid").GetString(), planned.GetProperty("dropped_kid").GetString()));
        Assert.Contains($"{waiting} is dropped.", _runner.Answer(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Ring.NextOf(KeyAlgorithm.ES256)!.KeyId is "theirs.2");
        Assert.Equal(1, await _runner.RunAsync([.. import, "--dry-run"]));
        Assert.Contains("holds this key already", _runner.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "neither a PEM nor a JWK", "keys", "import", "-", "--state", "next", "--dry-run")]
    [InlineData(2, "cannot be read", "keys", "import", "/nowhere/at/all.pem")]
    [InlineData(2, "neither a PEM nor a JWK", "keys", "import", "-")]
    [InlineData(2, "too short", "keys", "import", "-", "--algorithm", "HS256")]
    [InlineData(2, "'later'", "keys", "import", "-", "--state", "later")]
    [InlineData(1, "no key with this kid", "keys", "show", "nobody")]
    [InlineData(1, "no key with this kid", "keys", "export", "nobody")]
    [InlineData(2, "'der'", "keys", "export", "nobody", "--format", "der")]
    [InlineData(1, "not signed with PS256", "keys", "rotate", "--algorithm", "PS256")]
    [InlineData(2, "'none'", "keys", "rotate", "--algorithm", "none")]
    [InlineData(3, "no ", "keys", "list", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_done_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        _runner.Pipes("not a key");

        Assert.Equal(code, await _runner.RunAsync(arguments));

        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
    }

    [Fact]
    public async Task The_public_part_is_exported_and_a_secret_has_none()
    {
        var key = Ring.Current;
        _runner.Pipes(MadeElsewhere.Secret);
        var secret = (await _runner.ReadAsync("keys", "import", "-", "--algorithm", "HS256")).GetProperty("kid").GetString()!;

        Assert.Equal(0, await _runner.RunAsync("keys", "export", key.KeyId));
        Assert.Equal(PublicKeys.WritePem(key).Trim(), _runner.Answer());
        Assert.Equal(0, await _runner.RunAsync("keys", "export", key.KeyId, "--format", "jwk"));
        Assert.Equal(key.KeyId, JsonSerializer.Deserialize<JsonElement>(_runner.Answer()).GetProperty("kid").GetString());
        Assert.Equal(1, await _runner.RunAsync("keys", "export", secret));
        Assert.Contains("no public part", _runner.Said, StringComparison.Ordinal);
    }
}
