using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class KeyProtectionTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("the private part");

    private readonly MasterKey _master = new(RandomNumberGenerator.GetBytes(MasterKey.Length));

    [Fact]
    public void Open_gives_back_what_was_sealed_for_the_same_purpose() =>
        Assert.Equal(Secret, _master.Open(_master.Seal(Secret, "key:a:RS256"), "key:a:RS256"));

    [Fact]
    public void Open_for_another_purpose_fails_so_that_two_secrets_cannot_be_swapped() =>
        Assert.ThrowsAny<CryptographicException>(() => _master.Open(_master.Seal(Secret, "key:a:RS256"), "key:b:RS256"));

    [Fact]
    public void Open_with_another_master_key_fails() =>
        Assert.ThrowsAny<CryptographicException>(
            () => new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Length)).Open(_master.Seal(Secret, "a"), "a"));

    [Fact]
    public void Open_of_altered_bytes_fails_wherever_they_were_altered()
    {
        var sealedSecret = _master.Seal(Secret, "a");
        for (var index = 0; index < sealedSecret.Length; index++)
        {
            var altered = (byte[])sealedSecret.Clone();
            altered[index] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _master.Open(altered, "a"));
        }

        Assert.ThrowsAny<CryptographicException>(() => _master.Open([], "a"));
    }

    [Fact]
    public void Seal_twice_gives_different_bytes() => Assert.NotEqual(_master.Seal(Secret, "a"), _master.Seal(Secret, "a"));

    [Fact]
    public void An_hmac_secret_below_256_bits_cannot_exist()
    {
        Assert.Throws<CryptographicException>(() => new HmacKeyMaterial([]));
        Assert.Throws<CryptographicException>(() => new HmacKeyMaterial(new byte[31]));
        Assert.Equal(32, new HmacKeyMaterial(new byte[32]).SignatureLength);
    }

    [Theory]
    [InlineData(KeyAlgorithm.RS256)]
    [InlineData(KeyAlgorithm.ES256)]
    [InlineData(KeyAlgorithm.HS256)]
    [InlineData(KeyAlgorithm.PS256)]
    public void Material_survives_export_and_import(KeyAlgorithm algorithm)
    {
        var material = KeyMaterial.Generate(algorithm, 2048);
        var signature = material.Sign(Secret);

        var imported = KeyMaterial.Import(algorithm, material.ExportPrivate());

        Assert.Equal(material.SignatureLength, signature.Length);
        Assert.True(imported.Verify(Secret, signature));
        signature[5] ^= 1;
        Assert.False(imported.Verify(Secret, signature));
        Assert.False(imported.Verify(Secret, []));
    }

    [Theory]
    [InlineData(KeyAlgorithm.RS256)]
    [InlineData(KeyAlgorithm.ES256)]
    [InlineData(KeyAlgorithm.HS256)]
    [InlineData(KeyAlgorithm.PS256)]
    public async Task Private_parts_are_nowhere_in_the_store(KeyAlgorithm algorithm)
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = algorithm.ToString() });
        await host.IssueAsync();

        var stored = host.ReadStoreBytes();

        Assert.All(host.Get<KeyRing>().All, key => Assert.Equal(-1, stored.AsSpan().IndexOf(PrivatePartOf(key))));
    }

    // An EC key in PKCS#8 ends with its public half, and its scalar stands before that; the others end with what is secret.
    private static ReadOnlySpan<byte> PrivatePartOf(SigningKey key) => key.Algorithm is KeyAlgorithm.ES256
        ? key.Material.ExportPrivate().AsSpan(36, 24)
        : key.Material.ExportPrivate().AsSpan()[^24..];

    [Fact]
    public async Task Another_master_key_refuses_to_start_and_names_the_setting()
    {
        await using var host = await CoreHost.StartAsync();
        await host.IssueAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.ReopenAsync(
            ("SIGNET_MASTER_KEY", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));

        Assert.Equal(StartupException.WrongSetting, refused.ExitCode);
        Assert.Contains("SIGNET_MASTER_KEY", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_master_key_is_never_replaced_over_an_old_ring()
    {
        await using var host = await CoreHost.StartAsync();
        var file = Path.Combine(host.Folder, "master.key");
        var (kept, token) = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), await host.IssueAsync());
        await host.CloseAsync();
        File.Delete(file);

        await Assert.ThrowsAsync<StartupException>(() => host.ReopenAsync());
        Assert.False(File.Exists(file));

        await host.ReopenAsync(("SIGNET_MASTER_KEY", kept));
        Assert.Null(await host.CodeAsync(token.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("bm90IDMyIGJ5dGVz")]
    public async Task A_master_key_file_without_32_bytes_is_refused(string content)
    {
        await using var host = CoreHost.Create();
        var file = Path.Combine(Path.GetDirectoryName(host.Folder)!, "key.txt");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.ReopenAsync(("SIGNET_MASTER_KEY_FILE", file)));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_generated_master_key_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var host = await CoreHost.StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.Folder, "master.key")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(host.Folder));
    }
}
