using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Making;

/// <summary>Private keys as OpenSSL writes them (RFC 7468): PKCS#8, PKCS#1 and SEC1.</summary>
internal static class PemKeyReader
{
    public static KeyRead Read(string text)
    {
        // Older formats say it in a header, which a PEM that can be read does not have.
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return KeyRead.Failed("is encrypted with a password; decrypt it first: openssl pkey -in key.pem -out plain.pem");
        }

        var isPublic = false;
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            switch (rest[found.Label].ToString())
            {
                case "PRIVATE KEY":
                    return TryRead(text, ReadRsa) ?? TryRead(text, ReadCurve) ?? KeyRead.Failed("is a PEM of a key that is neither RSA nor EC");
                case "RSA PRIVATE KEY":
                    return TryRead(text, ReadRsa) ?? KeyRead.Failed("is a PEM that holds no RSA key");
                case "EC PRIVATE KEY":
                    return TryRead(text, ReadCurve) ?? KeyRead.Failed("is a PEM that holds no EC key");
                default:
                    // Such as the parameters that OpenSSL writes before a key on a curve, or its certificate.
                    isPublic |= rest[found.Label] is "PUBLIC KEY" or "RSA PUBLIC KEY" or "CERTIFICATE";
                    rest = rest[found.Location.End..];
                    break;
            }
        }

        return KeyRead.Failed(isPublic
            ? "is a public key, which cannot sign. To accept another system's tokens, name it as a trusted issuer"
            : "is a PEM that cannot be read");
    }

    private static KeyRead? TryRead(string text, Func<string, KeyRead> read)
    {
        try
        {
            return read(text);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Another kind of key.
            return null;
        }
    }

    private static KeyRead ReadRsa(string text)
    {
        using var key = RSA.Create();
        key.ImportFromPem(text);
        return KeyRead.Of(key);
    }

    private static KeyRead ReadCurve(string text)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(text);
        return KeyRead.Of(key);
    }
}
