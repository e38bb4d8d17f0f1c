using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>Settings of issuers that could not be trusted as they are written.</summary>
public sealed class TrustedIssuerOptionsTests : IDisposable
{
    private const string Setting = "Keys:TrustedIssuers:0:";
    private const string Secret = "kQ4-a9zLm2_Xv7bT0eYw6RcU3sHd8JfN";

    private readonly string _folder = Directory.CreateTempSubdirectory("signet-issuers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Issuer", "", "Keys:TrustedIssuers:0:Issuer must be the iss of its tokens")]
    [InlineData("Issuer", "https://a.example#b", "Keys:TrustedIssuers:0:Issuer must be the iss of its tokens")]
    [InlineData("Issuer", CoreHost.Issuer, "must not list 'https://signet.example.com': that is this Signet itself")]
    [InlineData("Issuer", "urn:issuer", "Name must be 1 to 60 letters")]
    [InlineData("Name", "a/b", "Name must be 1 to 60 letters")]
    [InlineData("JwksUri", "http://login.example.com/keys", "JwksUri must be an https address")]
    [InlineData("JwksUri", "https://user:secret@login.example.com/keys", "JwksUri must be an https address")]
    [InlineData("JwksUri", "/keys", "JwksUri must be an https address")]
    [InlineData("JwksUri", null, "must have exactly one of JwksUri, PublicKey, PublicKeyFile, Secret and SecretFile, but has 0")]
    [InlineData("Secret", Secret, "must have exactly one of JwksUri, PublicKey, PublicKeyFile, Secret and SecretFile, but has 2")]
    [InlineData("Audiences:0", null, "Audiences must list who its tokens are for")]
    [InlineData("Algorithms:0", null, "Algorithms must list at least one of ES256, ES384, PS256, RS256 and nothing else")]
    [InlineData("Algorithms:0", "HS256", "HS256 needs a Secret")]
    [InlineData("Algorithms:0", "none", "Algorithms must list")]
    [InlineData("CacheLifetime", "00:00:59", "CacheLifetime must be from 1 minute")]
    [InlineData("CacheLifetime", "1.00:00:01", "CacheLifetime must be from 1 minute")]
    [InlineData("CoolDown", "00:00:01", "CoolDown must be from 10 seconds")]
    [InlineData("MaximumStaleness", "-00:00:01", "MaximumStaleness must be from zero")]
    public async Task Wrong_setting_ends_the_start_and_names_the_cure(string member, string? value, string fault) =>
        Assert.Contains((await FaultsAsync((member, value))), text => text.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public async Task One_issuer_twice_and_one_name_twice_are_refused()
    {
        var faults = await FaultsAsync(
            ("Issuer", "https://a.example"),
            ("../1:Issuer", "https://a.example"),
            ("../1:Secret", Secret),
            ("../1:Audiences:0", "x"),
            ("../1:Algorithms:0", "HS256"));

        Assert.Contains(faults, fault => fault.Contains("must not list an issuer twice, but has 'https://a.example'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("two issuers that are called 'a.example'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Weak_secret_is_refused_and_never_shown(string secret)
    {
        var faults = await FaultsAsync(("JwksUri", null), ("Secret", secret), ("Algorithms:0", "HS256"));

        Assert.Contains("Secret must hold at least 32 random bytes", Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_verifies_no_other_algorithm()
    {
        var faults = await FaultsAsync(("JwksUri", null), ("Secret", Secret), ("Algorithms:0", "HS256"), ("Algorithms:1", "RS256"));

        Assert.Contains("because it shares a secret", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_and_key_are_read_from_files()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var (secretFile, keyFile) = (Path.Combine(_folder, "secret"), Path.Combine(_folder, "key.pem"));
        await File.WriteAllTextAsync(secretFile, Secret + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keyFile, key.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);

        Assert.Empty(await FaultsAsync(("JwksUri", null), ("SecretFile", secretFile), ("Algorithms:0", "HS256")));
        Assert.Empty(await FaultsAsync(("JwksUri", null), ("PublicKeyFile", keyFile), ("Algorithms:0", "ES384")));
        Assert.Contains(
            "PublicKeyFile must name a file that Signet can read",
            Assert.Single(await FaultsAsync(("JwksUri", null), ("PublicKeyFile", keyFile + "x"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_form_of_a_public_key_is_read_and_no_private_one()
    {
        using var rsa = RSA.Create(2048);
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=issuer", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now, now.AddDays(1));

        Assert.Empty(await OfKeyAsync(rsa.ExportSubjectPublicKeyInfoPem(), "RS256"));
        Assert.Empty(await OfKeyAsync(rsa.ExportRSAPublicKeyPem(), "PS256"));
        Assert.Empty(await OfKeyAsync(certificate.ExportCertificatePem(), "RS256"));
        Assert.Empty(await OfKeyAsync(curve.ExportSubjectPublicKeyInfoPem(), "ES256"));
        Assert.Contains("has ES256, which its key cannot verify", Assert.Single(await OfKeyAsync(rsa.ExportRSAPublicKeyPem(), "ES256")), StringComparison.Ordinal);
        Assert.Contains("not used here", Assert.Single(await OfKeyAsync(small.ExportRSAPublicKeyPem(), "RS256")), StringComparison.Ordinal);
        Assert.Contains("not used here", Assert.Single(await OfKeyAsync(other.ExportSubjectPublicKeyInfoPem(), "ES256")), StringComparison.Ordinal);
        Assert.Contains("is no PEM", Assert.Single(await OfKeyAsync("MIIB", "ES256")), StringComparison.Ordinal);
        Assert.Contains("no key that can be read", Assert.Single(await OfKeyAsync("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "ES256")), StringComparison.Ordinal);
        Assert.Contains("several PEM blocks", Assert.Single(await OfKeyAsync(rsa.ExportRSAPublicKeyPem() + "\n" + rsa.ExportRSAPublicKeyPem(), "RS256")), StringComparison.Ordinal);
        var faults = await OfKeyAsync(rsa.ExportPkcs8PrivateKeyPem(), "RS256");
        Assert.Contains("holds a private key", Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain("MII", faults[0], StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> OfKeyAsync(string pem, string algorithm) =>
        FaultsAsync(("JwksUri", null), ("PublicKey", pem), ("Algorithms:0", algorithm));

    private static async Task<IReadOnlyList<string>> FaultsAsync(params (string Member, string? Value)[] changes)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            [Setting + "Issuer"] = "https://login.example.com",
            [Setting + "JwksUri"] = "https://login.example.com/keys",
            [Setting + "Audiences:0"] = "https://api.example.com",
            [Setting + "Algorithms:0"] = "RS256",
        };
        foreach (var (member, value) in changes)
        {
            settings[member.StartsWith("../", StringComparison.Ordinal) ? $"Keys:TrustedIssuers:{member[3..]}" : Setting + member] = value;
        }

        await using var host = CoreHost.Create(settings);
        try
        {
            _ = host.Get<IOptions<TrustedIssuersOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
