using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Making;

public sealed class KeyMakingTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2_048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Fact]
    public async Task Fresh_key_takes_the_place_of_the_one_that_waited()
    {
        await using var host = await CoreHost.StartAsync();
        var (current, waiting) = (host.Get<KeyRing>().Current, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!);

        var made = Assert.IsType<KeyCreation.Created>(
            await host.Get<KeyMaking>().CreateAsync(null, "it may have been seen", TokenBuilder.Somebody, Stop));

        Assert.Null(made.Secret);
        Assert.Equal(made.Key.KeyId, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId);
        Assert.Equal(KeyState.Retired, host.Get<KeyRing>().Find(waiting.KeyId)!.State);
        Assert.Equal(current, host.Get<KeyRing>().Current);
        Assert.Equal("keys.created", (await host.Get<IAuditStore>().FindNewestAsync(Stop))!.Entry.Action);
    }

    [Fact]
    public async Task Shared_secret_is_told_once_and_signs_after_its_time()
    {
        await using var host = await SharedAsync();
        var ring = host.Get<KeyRing>();
        var old = await host.IssueAsync();

        // The secret that was made at the start nobody knows.
        Assert.IsType<KeyRotationOutcome.NotShared>(await RotateAsync(host));
        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.IsType<KeyRotationOutcome.NotShared>(await RotateAsync(host));
        Assert.IsType<KeyRotationOutcome.NotShared>(
            (await host.Get<KeyRotation>().TryRotateAsync(new RotateKeys(null, false, false, null), Stop)).Refusal);

        var made = Assert.IsType<KeyCreation.Created>(await host.Get<KeyMaking>().CreateAsync(null, "to be shared", TokenBuilder.Somebody, Stop));
        Assert.Matches("^[A-Za-z0-9]{64}$", made.Secret);
        Assert.DoesNotContain(made.Secret!, made.ToString(), StringComparison.Ordinal);
        Assert.Equal(host.Clock.GetUtcNow(), ring.Find(made.Key.KeyId)!.SharedAt);
        Assert.IsType<KeyRotationOutcome.TooYoung>(await RotateAsync(host));
        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.IsType<KeyRotationOutcome.Rotated>(await RotateAsync(host));

        // Whoever has the secret verifies by themselves; the secret of before goes on verifying.
        var young = await host.IssueAsync();
        var parts = young.Token.Split('.');
        Assert.Equal(
            System.Buffers.Text.Base64Url.EncodeToString(
                HMACSHA256.HashData(Encoding.ASCII.GetBytes(made.Secret!), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))),
            parts[2]);
        Assert.Null(await host.CodeAsync(young.Token));
        Assert.Equal("TOKEN_EXPIRED", await host.CodeAsync(old.Token));
    }

    [Fact]
    public async Task Shared_secret_of_before_goes_on_verifying_beside_the_new_one()
    {
        await using var host = await SharedAsync();
        var old = await host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromDays(3) });
        await host.Get<KeyMaking>().ImportAsync(
            new KeyImport(MadeElsewhere.Secret, KeyAlgorithm.HS256, null, KeyState.Next, "theirs"), TokenBuilder.Somebody, Stop);
        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.IsType<KeyRotationOutcome.Rotated>(await RotateAsync(host));

        Assert.Null(await host.CodeAsync(old.Token));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
        Assert.Equal("{\"keys\":[]}", Encoding.UTF8.GetString(Jwks.Write(host.Get<KeyRing>().All)));
    }

    [Theory]
    [InlineData(KeyState.Next)]
    [InlineData(KeyState.Previous)]
    public async Task Imported_key_keeps_its_name_and_verifies(KeyState state)
    {
        await using var host = await CoreHost.StartAsync();
        var import = new KeyImport(MadeElsewhere.Jwk(_ec, "P-256", ("kid", "theirs.1_a")), null, null, state, "moving in");

        var made = Assert.IsType<KeyCreation.Created>(await host.Get<KeyMaking>().ImportAsync(import, TokenBuilder.Somebody, Stop));

        Assert.Equal(("theirs.1_a", state, true, null), (made.Key.KeyId, made.Key.State, made.Key.IsImported, made.Secret));
        Assert.Contains("theirs.1_a", Encoding.UTF8.GetString(Jwks.Write(host.Get<KeyRing>().All)), StringComparison.Ordinal);
        await host.ReopenAsync();
        var key = host.Get<KeyRing>().Find("theirs.1_a")!;
        Assert.Equal((state, true), (key.State, key.IsImported));

        // As far as the ledger goes: a token that Signet did not issue is refused behind its signature.
        var forged = ForgedToken.Sign(key, $$"""{"alg":"ES256","kid":"theirs.1_a","typ":"at+jwt"}""", ForgedToken.PayloadOf((await host.IssueAsync()).Token));
        Assert.Equal("TOKEN_UNKNOWN", await host.CodeAsync(forged));
    }

    [Fact]
    public async Task Imported_next_key_signs_after_the_rotation()
    {
        await using var host = await CoreHost.StartAsync();
        await ImportAsync(host, _ec.ExportPkcs8PrivateKeyPem(), KeyState.Next);

        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "now"), TokenBuilder.Somebody, Stop);

        Assert.True(host.Get<KeyRing>().Current.IsImported);
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
    }

    [Fact]
    public async Task Key_that_only_verifies_may_be_of_any_algorithm_and_one_that_signs_may_not()
    {
        await using var host = await CoreHost.StartAsync();

        var refused = Assert.IsType<KeyCreation.Invalid>(await ImportAsync(host, _rsa.ExportPkcs8PrivateKeyPem(), KeyState.Next));
        Assert.Equal("algorithm", Assert.Single(refused.Faults).Field);
        Assert.IsType<KeyCreation.Created>(await ImportAsync(host, _rsa.ExportPkcs8PrivateKeyPem(), KeyState.Previous));
        Assert.IsType<KeyCreation.Invalid>(await host.Get<KeyMaking>().CreateAsync(KeyAlgorithm.RS256, "why", TokenBuilder.Somebody, Stop));
        Assert.Null(host.Get<KeyRing>().NextOf(KeyAlgorithm.RS256));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a#version")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public async Task Name_of_a_key_has_its_characters(string keyId)
    {
        await using var host = await CoreHost.StartAsync();
        var import = new KeyImport(_ec.ExportPkcs8PrivateKeyPem(), null, keyId, KeyState.Previous, "why");

        var refused = Assert.IsType<KeyCreation.Invalid>(await host.Get<KeyMaking>().ImportAsync(import, TokenBuilder.Somebody, Stop));

        Assert.Equal("kid", Assert.Single(refused.Faults).Field);
    }

    [Theory]
    [InlineData(KeyState.Current)]
    [InlineData(KeyState.Retired)]
    [InlineData(KeyState.Revoked)]
    public async Task Key_is_imported_to_sign_later_or_to_verify_alone(KeyState state)
    {
        await using var host = await CoreHost.StartAsync();

        var refused = Assert.IsType<KeyCreation.Invalid>(await ImportAsync(host, _ec.ExportPkcs8PrivateKeyPem(), state));

        Assert.Equal("state", Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public async Task Key_that_is_there_stays_as_it_is()
    {
        await using var host = await SharedAsync();
        var secret = MadeElsewhere.Secret;
        var first = Assert.IsType<KeyCreation.Created>(await ImportAsync(host, secret, KeyState.Previous, KeyAlgorithm.HS256, "one"));
        await host.Get<KeyRetirement>().RevokeAsync("one", "stolen", TokenBuilder.Somebody, Stop);

        var again = Assert.IsType<KeyCreation.Known>(await ImportAsync(host, secret, KeyState.Next, KeyAlgorithm.HS256, "two"));
        Assert.Equal((first.Key.KeyId, KeyState.Revoked), (again.KeyId, again.State));
        var taken = Assert.IsType<KeyCreation.Known>(await ImportAsync(host, MadeElsewhere.Secret, KeyState.Next, KeyAlgorithm.HS256, "one"));
        Assert.Equal("one", taken.KeyId);

        // The same pair for another padding is the same pair.
        Assert.IsType<KeyCreation.Created>(await ImportAsync(host, _rsa.ExportPkcs8PrivateKeyPem(), KeyState.Previous));
        Assert.IsType<KeyCreation.Known>(await ImportAsync(host, MadeElsewhere.Jwk(_rsa), KeyState.Previous, KeyAlgorithm.PS256));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Same_key_imported_by_many_at_once_is_one_key(bool isSecret)
    {
        await using var host = await SharedAsync();
        var text = isSecret ? MadeElsewhere.Secret : _ec.ExportPkcs8PrivateKeyPem();
        KeyAlgorithm? algorithm = isSecret ? KeyAlgorithm.HS256 : null;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => ImportAsync(host, text, KeyState.Previous, algorithm))));

        Assert.Single(outcomes, outcome => outcome is KeyCreation.Created);
        Assert.All(outcomes, outcome => Assert.True(outcome is KeyCreation.Created or KeyCreation.Known));
        Assert.Single(host.Get<KeyRing>().All, key => key.IsImported);
    }

    [Fact]
    public async Task Whoever_may_not_makes_nothing()
    {
        await using var host = await CoreHost.StartAsync();
        var reviewer = new Actor("rita", Roles.Reviewer);
        var before = host.Get<KeyRing>().All;

        await Assert.ThrowsAsync<AccessRefusedException>(() => host.Get<KeyMaking>().CreateAsync(null, "why", reviewer, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => host.Get<KeyMaking>().ImportAsync(
            new KeyImport(_ec.ExportPkcs8PrivateKeyPem(), null, null, KeyState.Next, "why"), reviewer, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => host.Get<KeyRetirement>().RevokeAsync("x", "why", reviewer, Stop));

        Assert.Equal(before, host.Get<KeyRing>().All);
    }

    private static Task<CoreHost> SharedAsync() =>
        CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:Algorithm"] = "HS256" });

    private static Task<KeyRotationOutcome> RotateAsync(CoreHost host) =>
        host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, false, false, "a test"), TokenBuilder.Somebody, Stop);

    private static Task<KeyCreation> ImportAsync(
        CoreHost host, string text, KeyState state, KeyAlgorithm? algorithm = null, string? keyId = null) =>
        host.Get<KeyMaking>().ImportAsync(new KeyImport(text, algorithm, keyId, state, "a test"), TokenBuilder.Somebody, Stop);
}
