using System.Security.Cryptography;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Material;

namespace Dashboard.Tests.Unit.Keys.Making;

/// <summary>Every form that a key made elsewhere comes in, and every fault that it can have.</summary>
public sealed class KeyReaderTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2_048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Fact]
    public void Rsa_keys_are_read_in_every_form()
    {
        string[] texts =
        [
            _rsa.ExportPkcs8PrivateKeyPem(), _rsa.ExportRSAPrivateKeyPem(), "\n " + _rsa.ExportPkcs8PrivateKeyPem() + "\r\n",
            MadeElsewhere.Jwk(_rsa),
        ];

        Assert.All(texts, text => AssertReads(text, null, KeyAlgorithm.RS256, _rsa.ExportSubjectPublicKeyInfo()));
        Assert.All(texts, text => AssertReads(text, KeyAlgorithm.PS256, KeyAlgorithm.PS256, _rsa.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void Keys_on_the_curve_are_read_in_every_form()
    {
        // As "openssl ecparam -genkey" writes it: the curve first, then the key.
        var parameters = PemEncoding.WriteString("EC PARAMETERS", Convert.FromHexString("06082A8648CE3D030107"));
        string[] texts =
        [
            _ec.ExportPkcs8PrivateKeyPem(), _ec.ExportECPrivateKeyPem(), parameters + "\n" + _ec.ExportECPrivateKeyPem(),
            MadeElsewhere.Jwk(_ec, "P-256"),
        ];

        Assert.All(texts, text => AssertReads(text, null, KeyAlgorithm.ES256, _ec.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void Secrets_are_read_as_text_and_as_jwk()
    {
        var (text, bytes) = (MadeElsewhere.Secret, RandomNumberGenerator.GetBytes(32));

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(text), Read(text, KeyAlgorithm.HS256).Material.ExportPrivate());
        Assert.Equal(bytes, Read(MadeElsewhere.Jwk(bytes), null).Material.ExportPrivate());
    }

    [Fact]
    public void Jwk_says_how_it_signs_and_what_it_is_called()
    {
        var read = Read(MadeElsewhere.Jwk(_rsa, ("alg", "PS256"), ("kid", "blessed-key-1"), ("use", "sig")), null);

        Assert.Equal((KeyAlgorithm.PS256, "blessed-key-1"), (read.Algorithm, read.KeyId));
    }

    [Fact]
    public void Certificate_before_its_key_is_passed_over()
    {
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", _ec, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));

        AssertReads(
            certificate.ExportCertificatePem() + "\n" + _ec.ExportPkcs8PrivateKeyPem(),
            null,
            KeyAlgorithm.ES256,
            _ec.ExportSubjectPublicKeyInfo());
        AssertFault("public key", certificate.ExportCertificatePem());
    }

    [Fact]
    public void Numbers_of_a_jwk_without_leading_zeros_are_read()
    {
        // The same primes make another key for every exponent; some have a number that begins with a zero.
        for (var exponent = 65_537; exponent < 90_000; exponent += 2)
        {
            if (MadeElsewhere.WithExponent(_rsa, exponent) is { } numbers
                && new[] { numbers.D!, numbers.DP!, numbers.DQ! }.Any(number => number[0] is 0))
            {
                using var key = RSA.Create(numbers);
                AssertReads(MadeElsewhere.Jwk(key), null, KeyAlgorithm.RS256, key.ExportSubjectPublicKeyInfo());
                return;
            }
        }

        Assert.Fail("No key with a leading zero was made.");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(257)]
    public void Small_exponents_are_refused(int exponent)
    {
        for (; exponent < 65_000; exponent += 2)
        {
            if (MadeElsewhere.WithExponent(_rsa, exponent) is { } numbers)
            {
                using var key = RSA.Create(numbers);
                AssertFault("weak exponent", key.ExportPkcs8PrivateKeyPem());
                AssertFault("weak exponent", MadeElsewhere.Jwk(key));
                return;
            }
        }
    }

    [Fact]
    public void Public_parts_cannot_sign()
    {
        AssertFault("public key", _rsa.ExportSubjectPublicKeyInfoPem());
        AssertFault("public key", _rsa.ExportRSAPublicKeyPem());
        AssertFault("public key", _ec.ExportSubjectPublicKeyInfoPem());
        AssertFault("public key", MadeElsewhere.Jwk(_rsa, ("d", null)));
        AssertFault("public key", MadeElsewhere.Jwk(_ec, "P-256", ("d", null)));
    }

    [Fact]
    public void Encrypted_keys_are_to_be_decrypted_first()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
        AssertFault("encrypted", _rsa.ExportEncryptedPkcs8PrivateKeyPem("a password", parameters));
        AssertFault("encrypted", _rsa.ExportRSAPrivateKeyPem().Replace(
            "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Weak_and_enormous_rsa_keys_are_refused()
    {
        using var small = RSA.Create(1_024);
        AssertFault("less than 2048 bits", small.ExportPkcs8PrivateKeyPem());
        AssertFault("less than 2048 bits", MadeElsewhere.Jwk(small));
    }

    [Fact]
    public void Other_curves_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        AssertFault("another curve", other.ExportPkcs8PrivateKeyPem());
        AssertFault("another curve", other.ExportECPrivateKeyPem());
        AssertFault("another curve", MadeElsewhere.Jwk(other, "P-384"));
    }

    [Fact]
    public void Halves_of_two_pairs_are_no_key()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = other.ExportParameters(includePrivateParameters: false).Q;

        Assert.NotNull(FaultOf(MadeElsewhere.Jwk(
            _ec,
            "P-256",
            ("x", System.Buffers.Text.Base64Url.EncodeToString(point.X)),
            ("y", System.Buffers.Text.Base64Url.EncodeToString(point.Y)))));
    }

    [Theory]
    [InlineData("n", "without the member n")]
    [InlineData("p", "without the member p")]
    [InlineData("qi", "without the member qi")]
    public void Jwk_that_lacks_a_number_says_which(string member, string sentence) =>
        AssertFault(sentence, MadeElsewhere.Jwk(_rsa, (member, null)));

    [Theory]
    [InlineData("use", "enc", "not for signing")]
    [InlineData("alg", "RS512", "alg")]
    [InlineData("alg", "HS256", "alg")]
    [InlineData("kty", "OKP", "kty")]
    [InlineData("keys", "x", "set of keys")]
    public void Jwk_of_another_purpose_is_refused(string member, string value, string sentence) =>
        AssertFault(sentence, MadeElsewhere.Jwk(_rsa, (member, value)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"kty":"oct","kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"oct"}""")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public void What_is_no_key_is_refused(string text) => Assert.NotNull(FaultOf(text));

    [Fact]
    public void Secret_needs_its_algorithm() => AssertFault("needs the algorithm HS256", MadeElsewhere.Secret);

    [Fact]
    public void Algorithm_of_another_kind_of_key_is_refused()
    {
        KeyReader.Read(_rsa.ExportPkcs8PrivateKeyPem(), KeyAlgorithm.ES256, out var fault);
        Assert.Equal("algorithm", fault!.Field);
        KeyReader.Read(MadeElsewhere.Jwk(_rsa, ("alg", "RS256")), KeyAlgorithm.PS256, out fault);
        Assert.Equal("algorithm", fault!.Field);
        KeyReader.Read(MadeElsewhere.Jwk(RandomNumberGenerator.GetBytes(32)), KeyAlgorithm.RS256, out fault);
        Assert.Equal("algorithm", fault!.Field);
    }

    [Theory]
    [InlineData("too-short-for-hs256")]
    [InlineData("secret")]
    [InlineData("your-secret-key")]
    [InlineData("changeme")]
    [InlineData("your-256-bit-secret-your-256-bit-secret")]
    [InlineData("a-string-secret-at-least-256-bits-long")]
    [InlineData("your-super-secret-jwt-token-with-at-least-32-characters-long")]
    [InlineData("CHANGE_ME_IN_PRODUCTION_0123456789abcdef")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abababababababababababababababababababababababab")]
    [InlineData("your-jwt-secret-key-here-min-32-chars-please")]
    public void Short_and_known_secrets_are_refused(string secret)
    {
        KeyReader.Read(secret, KeyAlgorithm.HS256, out var fault);
        Assert.Equal(KeyReader.Field, fault!.Field);
        Assert.DoesNotContain(secret, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(FaultOf(MadeElsewhere.Jwk(System.Text.Encoding.UTF8.GetBytes(secret))));
    }

    [Fact]
    public void No_fault_says_anything_of_the_key()
    {
        var pem = _rsa.ExportPkcs8PrivateKeyPem();
        foreach (var text in new[] { pem[..^40], pem.Replace('A', 'B'), MadeElsewhere.Jwk(_rsa)[..^2], MadeElsewhere.Jwk(_rsa, ("d", "AAAA")) })
        {
            var fault = FaultOf(text);

            Assert.NotNull(fault);
            Assert.All(
                Enumerable.Range(0, text.Length - 12),
                start => Assert.DoesNotContain(text.Substring(start, 12), fault, StringComparison.Ordinal));
        }
    }

    private static ReadKey Read(string text, KeyAlgorithm? wanted)
    {
        var read = KeyReader.Read(text, wanted, out var fault);
        Assert.Null(fault?.Message);
        return read!;
    }

    private static void AssertReads(string text, KeyAlgorithm? wanted, KeyAlgorithm expected, byte[] publicPart)
    {
        var read = Read(text, wanted);
        Assert.Equal(expected, read.Algorithm);
        Assert.Equal(publicPart, read.Material.ExportPublic());
        Assert.IsAssignableFrom<AsymmetricKeyMaterial>(read.Material);
    }

    private static string? FaultOf(string text)
    {
        Assert.Null(KeyReader.Read(text, null, out var fault));
        return fault!.Message;
    }

    private static void AssertFault(string part, string text) => Assert.Contains(part, FaultOf(text), StringComparison.Ordinal);
}
