using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Tokens;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>Several algorithms side by side, each with keys of its own.</summary>
public sealed class KeyAlgorithmTests
{
    [Fact]
    public async Task New_store_has_a_key_that_signs_and_one_that_waits_for_every_algorithm()
    {
        await using var host = await StartAsync(("Keys:OtherAlgorithms:0", "PS256"), ("Keys:OtherAlgorithms:1", "HS256"), ("Keys:OtherAlgorithms:2", "ES256"));
        var ring = host.Get<KeyRing>();

        Assert.Equal([KeyAlgorithm.ES256, KeyAlgorithm.PS256, KeyAlgorithm.HS256], ring.Algorithms);
        Assert.All(ring.Algorithms, algorithm => Assert.NotNull(ring.CurrentOf(algorithm)));
        Assert.All(ring.Algorithms, algorithm => Assert.NotNull(ring.NextOf(algorithm)));
        Assert.Equal(6, ring.All.Count);
    }

    [Theory]
    [InlineData(null, "ES256")]
    [InlineData("PS256", "PS256")]
    [InlineData("HS256", "HS256")]
    [InlineData("RS256", "ES256")]
    public async Task Token_is_signed_with_what_was_chosen_or_with_the_default(string? chosen, string expected)
    {
        await using var host = await StartAsync(("Keys:OtherAlgorithms:0", "PS256"), ("Keys:OtherAlgorithms:1", "HS256"));

        var issued = await host.IssueAsync(TokenBuilder.Request() with { Algorithm = KeyAlgorithms.Parse(chosen) });

        Assert.Equal(expected, TokenBuilder.Json(ForgedToken.HeaderOf(issued.Token)).GetProperty("alg").GetString());
        Assert.Null(await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Person_who_mints_hears_that_an_algorithm_is_not_allowed()
    {
        await using var host = await StartAsync();

        var fault = Assert.Single(await host.FaultsAsync(TokenBuilder.Request(TokenKind.Minted) with { Algorithm = KeyAlgorithm.HS256 }));

        Assert.Equal(("algorithm", "must be one of ES256: tokens are signed with nothing else here"), (fault.Field, fault.Message));
    }

    [Fact]
    public async Task Padded_token_verifies_elsewhere_and_by_no_other_padding()
    {
        await using var host = await StartAsync(("Keys:Algorithm", "PS256"));
        var parts = (await host.IssueAsync()).Token.Split('.');
        using var rsa = RSA.Create();
        rsa.ImportFromPem(PublicKeys.WritePem(host.Get<KeyRing>().Current));
        var (input, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));

        Assert.True(rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.False(rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var jwk = TokenBuilder.Json(PublicKeys.WriteJwk(host.Get<KeyRing>().Current));
        Assert.Equal(("RSA", "PS256", "sig"), (jwk.GetProperty("kty").GetString(), jwk.GetProperty("alg").GetString(), jwk.GetProperty("use").GetString()));
        Assert.False(jwk.TryGetProperty("d", out _));
    }

    [Fact]
    public void One_pair_signs_in_two_ways_that_are_not_taken_for_each_other()
    {
        var padded = KeyMaterial.Generate(KeyAlgorithm.PS256, 2_048);
        var plain = KeyMaterial.Import(KeyAlgorithm.RS256, padded.ExportPrivate());
        var data = "some.text"u8.ToArray();

        Assert.True(padded.Verify(data, padded.Sign(data)));
        Assert.False(padded.Verify(data, plain.Sign(data)));
        Assert.False(plain.Verify(data, padded.Sign(data)));
        Assert.NotEqual(padded.Sign(data), padded.Sign(data));
        Assert.False(padded.Verify("some.other"u8, padded.Sign(data)));
        Assert.False(padded.Verify(data, padded.Sign(data).AsSpan()[..^1]));
    }

    [Fact]
    public async Task Header_that_names_another_algorithm_than_the_key_has_is_refused()
    {
        await using var host = await StartAsync(("Keys:Algorithm", "PS256"));
        var token = (await host.IssueAsync()).Token;
        var key = host.Get<KeyRing>().Current;

        var forged = ForgedToken.Sign(key, $$"""{"alg":"RS256","kid":"{{key.KeyId}}","typ":"at+jwt"}""", ForgedToken.PayloadOf(token));

        Assert.Equal("ALGORITHM_NOT_ALLOWED", await host.CodeAsync(forged));
    }

    [Fact]
    public async Task Ten_thousand_unknown_names_of_keys_cost_no_reading_of_the_store()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var (token, key) = ((await host.IssueAsync()).Token, host.Get<KeyRing>().Current);
        host.Tamper("ALTER TABLE signing_keys RENAME TO lost;");

        for (var count = 0; count < 10_000; count++)
        {
            var forged = ForgedToken.Sign(
                $$"""{"alg":"ES256","kid":"unknown-{{count}}","typ":"at+jwt"}""", ForgedToken.PayloadOf(token), static _ => new byte[64]);
            Assert.Equal("UNKNOWN_KEY", await host.CodeAsync(forged));
        }

        Assert.Equal(key, host.Get<KeyRing>().Current);
    }

    [Theory]
    [InlineData("Keys:RotationInterval", "12:00:00", "RotationInterval is shorter")]
    [InlineData("Keys:PrePublishWindow", "00:01:00", "JwksCacheLifetime is longer")]
    [InlineData("Keys:OtherAlgorithms:0", "17", "OtherAlgorithms must hold only")]
    public async Task Settings_that_would_show_verifiers_a_key_too_late_are_refused(string setting, string value, string sentence)
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { [setting] = value });

        var fault = Assert.Throws<OptionsValidationException>(() => host.Get<IOptions<KeyOptions>>().Value);

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_window_nothing_has_to_fit_it()
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:PrePublishWindow"] = "00:00:00" });

        Assert.Equal(TimeSpan.Zero, host.Get<IOptions<KeyOptions>>().Value.PrePublishWindow);
    }

    private static Task<CoreHost> StartAsync(params (string Name, string? Value)[] settings) =>
        CoreHost.StartAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
}
