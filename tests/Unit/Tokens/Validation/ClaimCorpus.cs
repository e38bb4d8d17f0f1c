using System.Buffers.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>Claims that are missing, of the wrong type, or untrue; and signatures that do not fit.</summary>
internal static class ClaimCorpus
{
    public static IEnumerable<BadToken> Issuers(CoreHost host, string good) =>
        new[]
        {
            "\"https://signet.example.com/\"", "\"https://signet.example.com.evil.example\"", "\"http://signet.example.com\"",
            "\"HTTPS://signet.example.com\"", "\"https://Signet.example.com\"", "\"signet.example.com\"", "\"\"", "null", "1",
            "[\"https://signet.example.com\"]", "{\"iss\":\"https://signet.example.com\"}", "\" https://signet.example.com\"",
        }
        .Select(iss => new BadToken($"iss {iss}", "WRONG_ISSUER", ForgedToken.AlterRaw(host, good, "iss", iss)))
        .Append(new BadToken("iss absent", "WRONG_ISSUER", ForgedToken.Alter(host, good, ("iss", null))));

    public static IEnumerable<BadToken> Required(CoreHost host, string good)
    {
        string[] notDates =
        [
            "\"9999999999\"", "1e400", "-1e400", "-1", "0", "-0", "true", "null", "[9999999999]", "{}", "\"\"", "253402300800",
            "\"2030-01-01T00:00:00Z\"", "1E309",
        ];
        string[] notTexts = ["\"\"", "null", "1", "true", "[\"x\"]", "{\"x\":1}"];
        return new[] { "sub", "jti", "exp", "iat" }
            .Select(name => new BadToken($"{name} absent", "MISSING_CLAIMS", ForgedToken.Alter(host, good, (name, null))))
            .Concat(Raw(["exp", "iat"], notDates))
            .Concat(Raw(["sub", "jti"], notTexts));

        IEnumerable<BadToken> Raw(string[] names, string[] values) =>
            from name in names
            from value in values
            select new BadToken($"{name} {value}", "MISSING_CLAIMS", ForgedToken.AlterRaw(host, good, name, value));
    }

    public static IEnumerable<BadToken> Times(CoreHost host, string good)
    {
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        return
        [
            Bad("exp long ago", "TOKEN_EXPIRED", "exp", "1"),
            Bad("exp at the end of the skew", "TOKEN_EXPIRED", "exp", $"{now - 30}"),
            Bad("exp a fraction before now less skew", "TOKEN_EXPIRED", "exp", $"{now - 31}.5"),
            Bad("nbf beyond the skew", "TOKEN_NOT_YET_VALID", "nbf", $"{now + 31}"),
            Bad("nbf at the end of time", "TOKEN_NOT_YET_VALID", "nbf", "253402300799"),
            Bad("nbf as text", "TOKEN_NOT_YET_VALID", "nbf", $"\"{now}\""),
            Bad("nbf null", "TOKEN_NOT_YET_VALID", "nbf", "null"),
            Bad("nbf infinite", "TOKEN_NOT_YET_VALID", "nbf", "1e400"),
            Bad("iat beyond the skew", "TOKEN_NOT_YET_VALID", "iat", $"{now + 31}"),
            Bad("iat at the end of time", "TOKEN_NOT_YET_VALID", "iat", "253402300799"),
        ];

        BadToken Bad(string name, string code, string claim, string value) =>
            new(name, code, ForgedToken.AlterRaw(host, good, claim, value));
    }

    public static IEnumerable<BadToken> Audiences(CoreHost host, string good) =>
        new[]
        {
            "\"signe\"", "\"signet2\"", "\"Signet\"", "\"signet \"", "\" signet\"", "\"\"", "\"signet,other\"", "\"signet other\"",
            "null", "1", "true", "[]", "[\"Signet\"]", "[[\"signet\"]]", "[\"signet\",1]", "[null]", "{\"aud\":\"signet\"}", "\"*\"",
            "\"https://signet.example.com\"",
        }
        .Select(aud => new BadToken($"aud {aud}", "WRONG_AUDIENCE", ForgedToken.AlterRaw(host, good, "aud", aud)))
        .Append(new BadToken("aud absent", "WRONG_AUDIENCE", ForgedToken.Alter(host, good, ("aud", null))));

    public static IEnumerable<BadToken> Signatures(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        var signature = Base64Url.DecodeFromChars(ForgedToken.SignatureOf(good));
        var input = System.Text.Encoding.ASCII.GetBytes(good[..good.LastIndexOf('.')]);
        var another = KeyMaterial.Generate(key.Algorithm, 2048);
        byte[] flipped = [.. signature];
        flipped[^1] ^= 1;
        IEnumerable<(string Name, byte[] Signature)> all =
        [
            ("one byte short", signature[..^1]),
            ("one byte long", [.. signature, 0]),
            ("one byte long in front", [0, .. signature]),
            ("one byte only", [0]),
            ("all zeros", new byte[signature.Length]),
            ("all ones", [.. Enumerable.Repeat((byte)0xFF, signature.Length)]),
            ("one bit flipped", flipped),
            ("doubled", [.. signature, .. signature]),
            ("another key's", another.Sign(input)),
            ("over other bytes", key.Material.Sign([.. input, (byte)'.'])),
            ("4 KB", new byte[4_096]),
            .. key.Algorithm is KeyAlgorithm.ES256 ? EcSignatures(signature) : [],
        ];
        return all.Select(item => new BadToken(
            $"signature {item.Name}", "INVALID_SIGNATURE", ForgedToken.WithSignature(good, item.Signature)))
            .Append(new BadToken(
                "payload changed", "INVALID_SIGNATURE", ForgedToken.WithSignature(ForgedToken.Alter(host, good, ("sub", "admin")), signature)));
    }

    private static IEnumerable<(string Name, byte[] Signature)> EcSignatures(byte[] signature)
    {
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var (r, s) = (signature[..32], signature[32..]);
        var zero = new byte[32];
        yield return ("r is the order", [.. order, .. s]);
        yield return ("s is the order", [.. r, .. order]);
        yield return ("both are the order", [.. order, .. order]);
        yield return ("r is zero", [.. zero, .. s]);
        yield return ("s is zero", [.. r, .. zero]);
        yield return ("swapped halves", [.. s, .. r]);
        yield return ("DER", [0x30, 0x44, 0x02, 0x20, .. r, 0x02, 0x20, .. s]);
    }
}
