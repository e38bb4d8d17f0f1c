using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>Headers that lie: about the algorithm, the key, or the kind of token.</summary>
internal static class HeaderCorpus
{
    private const string Algorithm = "ALGORITHM_NOT_ALLOWED";
    private const string UnknownKey = "UNKNOWN_KEY";
    private const string WrongType = "WRONG_TOKEN_TYPE";

    public static IEnumerable<BadToken> Algorithms(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        var unsigned = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header(key, "\"none\"")))}.{good.Split('.')[1]}.AAAA";
        var others = Enum.GetNames<KeyAlgorithm>().Where(name => name != key.Algorithm.ToString());
        return new (string Name, string Token)[]
        {
            ("alg none with any signature", unsigned),
            ("alg none without a signature", unsigned[..^4]),
            ("alg absent", ForgedToken.WithHeader(host, good, $$"""{"kid":"{{key.KeyId}}","typ":"at+jwt"}""")),
            ("crit empty", ForgedToken.WithHeader(host, good, Extended(key, "\"crit\":[]"))),
            ("crit unknown", ForgedToken.WithHeader(host, good, Extended(key, "\"crit\":[\"exp\"],\"exp\":1"))),
            ("crit b64", ForgedToken.WithHeader(host, good, Extended(key, "\"crit\":[\"b64\"],\"b64\":false"))),
            ("b64 alone", ForgedToken.WithHeader(host, good, Extended(key, "\"b64\":true"))),
            ("zip", ForgedToken.WithHeader(host, good, Extended(key, "\"zip\":\"DEF\""))),
            ("cty", ForgedToken.WithHeader(host, good, Extended(key, "\"cty\":\"JWT\""))),
            ("x5t", ForgedToken.WithHeader(host, good, Extended(key, "\"x5t\":\"AAAA\""))),
            ("x5t#S256", ForgedToken.WithHeader(host, good, Extended(key, "\"x5t#S256\":\"AAAA\""))),
            ("crit null", ForgedToken.WithHeader(host, good, Extended(key, "\"crit\":null"))),
        }
        .Concat(
            new[]
            {
                "\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\"\"", "null", "[]", "[\"RS256\"]", "{}", "true", "256", "0",
                $"\"{key.Algorithm} \"", $"\" {key.Algorithm}\"", $"\"{key.Algorithm}\\u0000\"",
                $"\"{key.Algorithm.ToString().ToLowerInvariant()}\"", $"\"{(int)key.Algorithm}\"", "\"PS256\"", "\"RS384\"",
                "\"HS512\"", "\"ES384\"", "\"EdDSA\"", "\"ES256K\"", "\"A256GCM\"", "\"RS256,ES256\"",
            }
            .Select(alg => ($"alg {alg}", ForgedToken.WithHeader(host, good, Header(key, alg)))))
        .Concat(others.Select(name => ($"alg of another key, {name}", ForgedToken.WithHeader(host, good, Header(key, $"\"{name}\"")))))
        .Select(item => new BadToken(item.Item1, Algorithm, item.Item2));
    }

    /// <summary>HS256 keyed with everything public about the key (CVE-2015-9235).</summary>
    public static IEnumerable<BadToken> PublicKeyAsSecret(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        if (key.Material is not AsymmetricKeyMaterial material)
        {
            yield break;
        }

        var der = material.ExportPublic();
        var pem = PemEncoding.WriteString("PUBLIC KEY", der);
        var jwk = $"{{{string.Join(",", material.PublicJwkMembers.Select(member => $"\"{member.Name}\":\"{member.Value}\""))}}}";
        byte[][] secrets =
        [
            der,
            .. new[] { pem, pem + "\n", pem.Replace("\n", "\r\n", StringComparison.Ordinal), " " + pem, jwk, jwk + "\n", "" }
                .Select(Encoding.UTF8.GetBytes),
            .. material.PublicJwkMembers.Skip(1).Select(member => Encoding.UTF8.GetBytes(member.Value)),
            SHA256.HashData(Encoding.UTF8.GetBytes(jwk)),
            Jwks.Write([key]),
        ];
        foreach (var (secret, index) in secrets.Select((secret, index) => (secret, index)))
        {
            yield return new BadToken(
                $"HS256 with public secret {index}",
                Algorithm,
                ForgedToken.Sign(
                    Header(key, "\"HS256\""), ForgedToken.PayloadOf(good), data => HMACSHA256.HashData(secret, data)));
        }
    }

    public static IEnumerable<BadToken> Keys(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        var names = new[]
        {
            "\"\"", "\"unknown\"", "null", "7", "[]", $"[\"{key.KeyId}\"]", $"{{\"kid\":\"{key.KeyId}\"}}", "\"../../etc/passwd\"",
            "\"/dev/null\"", "\"' UNION SELECT 'secret' --\"", "\"'; DROP TABLE signing_keys; --\"",
            "\"\\r\\nFLUSHALL\\r\\n\"", $"\"{key.KeyId}\\u0000\"", $"\" {key.KeyId}\"", $"\"{key.KeyId} \"", "\"{KeyId}\"",
            "\"%s%s%s%n\"", $"\"{new string('k', 129)}\"", $"\"{key.KeyId[..^1]}\"", "\"https://example.com/jwks.json\"",
        };
        return names
            .Select(name => (name, ForgedToken.WithHeader(
                host, good, $$"""{"alg":"{{key.Algorithm}}","kid":{{name}},"typ":"at+jwt"}""")))
            .Append(("absent", ForgedToken.WithHeader(host, good, $$"""{"alg":"{{key.Algorithm}}","typ":"at+jwt"}""")))
            .Select(item => new BadToken($"kid {item.Item1}", UnknownKey, item.Item2));
    }

    public static IEnumerable<BadToken> Types(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        return new[] { "\"JWT\"", "\"jwt\"", "\"AT+JWT\"", "\"application/at+jwt\"", "\"at+jwt \"", "\"\"", "null", "[\"at+jwt\"]", "1", "\"logout+jwt\"" }
            .Select(typ => ($"typ {typ}", $$"""{"alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}","typ":{{typ}}}"""))
            .Append(("typ absent", $$"""{"alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}"}"""))
            .Select(item => new BadToken(item.Item1, WrongType, ForgedToken.WithHeader(host, good, item.Item2)));
    }

    private static string Header(SigningKey key, string alg) =>
        $$"""{"alg":{{alg}},"kid":"{{key.KeyId}}","typ":"at+jwt"}""";

    private static string Extended(SigningKey key, string more) => ForgedToken.Header(key)[..^1] + "," + more + "}";
}
