using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token validate</c> by a key at hand: no store, and no issuer that is trusted.</summary>
public sealed class OfflineValidationTests : IDisposable
{
    private const string Issuer = "https://login.example.com/realms/main";
    private const string Secret = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("signet-offline-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_pem_decides_and_no_store_is_made()
    {
        Assert.Equal(0, await RunAsync(OfRsa(), "--key", FileOf(Rsa.ExportSubjectPublicKeyInfoPem())));

        var text = _out.ToString();
        Assert.StartsWith("Accepted", text, StringComparison.Ordinal);
        Assert.Contains($"No issuer was asked for; the token names '{Issuer}'.", text, StringComparison.Ordinal);
        Assert.Contains("No audience was asked for; it is for api.", text, StringComparison.Ordinal);
        Assert.Contains("Its public key was given.", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task A_jwk_and_a_set_of_them_decide()
    {
        var (one, other) = (Jwk(Rsa, "key-1"), Jwk(Curve, "key-2"));

        Assert.Equal(0, await RunAsync(OfRsa(), "--key", FileOf(one)));
        Assert.Equal(0, await RunAsync(OfRsa(), "--key", FileOf($$"""{"keys":[{{other}},{{one}}]}""")));
        Assert.Equal(0, await RunAsync(OfCurve("key-2"), "--key", FileOf($$"""{"keys":[{{one}},{{other}}]}""")));
        Assert.Equal(1, await RunAsync(OfCurve("key-3"), "--key", FileOf($$"""{"keys":[{{one}},{{other}}]}""")));

        Assert.Contains("Refused: UNKNOWN_KEY", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("Give the key that the header names", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_decides()
    {
        Assert.Equal(0, await RunAsync(OfSecret(), "--secret-file", FileOf(Secret + "\n")));
        Assert.Equal(1, await RunAsync(OfSecret(), "--secret-file", FileOf(Secret + "x")));

        Assert.Contains("Refused: INVALID_SIGNATURE", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("Make sure that this is the key of login.example.com", _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "--issuer", Issuer, "--audience", "api", "--scope", "files:read")]
    [InlineData("WRONG_ISSUER", "--issuer", "https://other.example.com")]
    [InlineData("WRONG_AUDIENCE", "--audience", "other")]
    [InlineData("INSUFFICIENT_SCOPE", "--scope", "files:write")]
    [InlineData("TOKEN_EXPIRED", "--at", "2099-01-01T00:00:00Z")]
    public async Task What_is_asked_for_is_checked(string? code, params string[] options)
    {
        Assert.Equal(code is null ? 0 : 1, await RunAsync([OfRsa(), "--key", FileOf(Rsa.ExportSubjectPublicKeyInfoPem()), "--json", .. options]));

        var report = TokenBuilder.Json(_out.ToString()).GetProperty("report");
        Assert.Equal(code, report.TryGetProperty("code", out var found) ? found.GetString() : null);
    }

    [Fact]
    public async Task A_public_key_is_never_a_secret()
    {
        // The old trick: HS256 with the text of the public key, which everybody has.
        var pem = Rsa.ExportSubjectPublicKeyInfoPem();
        var forged = Sign("""{"alg":"HS256"}""", data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(pem), data));

        Assert.Equal(1, await RunAsync(forged, "--key", FileOf(pem)));

        Assert.StartsWith("Refused: ALGORITHM_NOT_ALLOWED", _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is no PEM", "--key", "certainly not")]
    [InlineData("is no JWK", "--key", "{")]
    [InlineData("holds no key that can be used", "--key", """{"kty":"OKP","crv":"Ed25519","x":"AA"}""")]
    [InlineData("holds a private key", "--key", """{"kty":"RSA","n":"AQ","e":"AQAB","d":"AQ"}""")]
    [InlineData("at least 32 bytes", "--secret-file", "secret")]
    public async Task What_is_no_key_is_said_without_quoting_it(string fault, string option, string content)
    {
        Assert.Equal(2, await RunAsync(OfRsa(), option, FileOf(content)));

        Assert.Contains(fault, _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("certainly", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _out.ToString());
    }

    [Fact]
    public async Task A_given_key_lets_nobody_in()
    {
        await using var host = await CoreHost.StartAsync();
        var key = Core.Tokens.Inspection.GivenKeyReader.ReadPublicKey(Rsa.ExportSubjectPublicKeyInfoPem(), out _);

        await Assert.ThrowsAsync<ArgumentException>(() => host.ValidateAsync(OfRsa(), new ValidationContext { Key = key }));
    }

    private static string OfRsa() => Sign(
        """{"alg":"RS256","kid":"key-1","typ":"JWT"}""", data => Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static string OfCurve(string keyId) => Sign(
        $$"""{"alg":"ES256","kid":"{{keyId}}"}""", data => Curve.SignData(data, HashAlgorithmName.SHA256));

    private static string OfSecret() => Sign("""{"alg":"HS256","typ":"JWT"}""", data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), data));

    private static string Sign(string header, Func<byte[], byte[]> sign)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return ForgedToken.Sign(
            header, $$"""{"iss":"{{Issuer}}","sub":"alice","aud":"api","scope":"files:read","iat":{{now}},"exp":{{now + 3_600}}}""", sign);
    }

    private static string Jwk(RSA key, string keyId)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            kty = "RSA",
            kid = keyId,
            n = Base64Url.EncodeToString(parameters.Modulus),
            e = Base64Url.EncodeToString(parameters.Exponent),
        });
    }

    private static string Jwk(ECDsa key, string keyId)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            kty = "EC",
            crv = "P-256",
            kid = keyId,
            x = Base64Url.EncodeToString(point.X),
            y = Base64Url.EncodeToString(point.Y),
        });
    }

    private string FileOf(string content)
    {
        var path = Path.Combine(_folder, $"{Directory.GetFiles(_folder).Length}.key");
        File.WriteAllText(path, content);
        return path;
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [$"--Signet:DataFolder={Path.Combine(_folder, "data")}", "token", "validate", .. arguments], new CommandConsole(_out, _error, null));
}
