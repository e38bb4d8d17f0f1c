using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class KeyRingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotate_concurrently_never_leaves_two_keys_that_sign()
    {
        await using var host = await CoreHost.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => RotateAsync(host))));

        var rotated = outcomes.OfType<KeyRotationOutcome.Rotated>().ToList();
        var keys = host.Get<KeyRing>().All;
        Assert.NotEmpty(rotated);
        Assert.Equal(rotated.Count, rotated.Select(outcome => outcome.OldKeyId).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(keys, key => key.State is KeyState.Current);
        Assert.Single(keys, key => key.State is KeyState.Next);
        Assert.Equal(rotated.Count, keys.Count(key => key.State is KeyState.Previous));
        Assert.All(outcomes, outcome => Assert.True(outcome is KeyRotationOutcome.Rotated or KeyRotationOutcome.Overtaken));
    }

    [Fact]
    public async Task New_algorithm_has_new_keys_and_old_ones_keep_theirs()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();

        await host.ReopenAsync(("Keys:Algorithm", "HS256"));
        Assert.Equal(KeyAlgorithm.ES256, host.Get<KeyRing>().Current.Algorithm);
        await RotateAsync(host);
        await RotateAsync(host);

        Assert.Equal(KeyAlgorithm.HS256, host.Get<KeyRing>().Current.Algorithm);
        Assert.Null(await host.CodeAsync(issued.Token));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
    }

    [Fact]
    public async Task Retired_key_refuses_what_it_signed_and_leaves_the_jwks()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();
        var old = host.Get<KeyRing>().Current.KeyId;
        await RotateAsync(host);
        host.Clock.Advance(issued.Lifetime);

        Assert.IsType<KeyRetirementOutcome.Retired>(
            await host.Get<KeyRetirement>().RetireAsync(old, null, TokenBuilder.Somebody, Stop));

        Assert.Equal("KEY_RETIRED", await host.CodeAsync(issued.Token));
        Assert.DoesNotContain(old, Encoding.UTF8.GetString(Jwks.Write(host.Get<KeyRing>().All)), StringComparison.Ordinal);
        await host.ReopenAsync();
        Assert.Equal("KEY_RETIRED", await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Published_rsa_key_verifies_a_token_elsewhere()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = "RS256" });
        var parts = (await host.IssueAsync()).Token.Split('.');
        var jwks = TokenBuilder.Json(Encoding.UTF8.GetString(Jwks.Write(host.Get<KeyRing>().All)));
        var jwk = jwks.GetProperty("keys").EnumerateArray()
            .Single(key => key.GetProperty("kid").GetString() == host.Get<KeyRing>().Current.KeyId);
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(jwk.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(jwk.GetProperty("e").GetString()),
        });

        Assert.Equal(2_048, rsa.KeySize);
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Ring_outlives_a_store_that_was_emptied()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var current = host.Get<KeyRing>().Current.KeyId;
        host.Tamper("DELETE FROM signing_keys;");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Get<KeyRing>().RefreshAsync(Stop));

        Assert.Equal(current, host.Get<KeyRing>().Current.KeyId);
    }

    [Fact]
    public async Task Keys_swapped_between_rows_refuse_to_start()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await host.CloseAsync();
        host.Tamper("""
            UPDATE signing_keys SET sealed_private_part = (
                SELECT other.sealed_private_part FROM signing_keys other WHERE other.key_id <> signing_keys.key_id);
            """);

        await Assert.ThrowsAsync<Dashboard.Core.Primitives.StartupException>(() => host.ReopenAsync());
    }

    private static Task<KeyRotationOutcome> RotateAsync(CoreHost host) =>
        host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, null), TokenBuilder.Somebody, Stop);
}
