using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dashboard.Core.Keys.Public;

/// <summary>Reads a public key that somebody wrote down: a PEM public key or certificate (RFC 7468).</summary>
internal static class PemReader
{
    /// <summary>The key, or null and what is wrong, in words that follow the name of a setting and quote nothing of it.</summary>
    public static PublicKey? Read(string text, out string fault)
    {
        fault = "is no PEM: it must begin with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----";
        if (!PemEncoding.TryFind(text, out var fields))
        {
            return null;
        }

        if (PemEncoding.TryFind(text.AsSpan(fields.Location.End.GetOffset(text.Length)), out _))
        {
            fault = "has several PEM blocks; it must have one";
            return null;
        }

        var bytes = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            return ReadBlock(text[fields.Label], bytes, out fault);
        }
        catch (CryptographicException)
        {
            fault = "is PEM, but holds no key that can be read";
            return null;
        }
    }

    private static PublicKey? ReadBlock(string label, byte[] bytes, out string fault)
    {
        fault = "holds a key that is not used here: it must be RSA of 2048 to 8192 bits, or EC on P-256 or P-384";
        switch (label)
        {
            case "CERTIFICATE":
                using (var certificate = X509CertificateLoader.LoadCertificate(bytes))
                {
                    return OfPublicKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());
                }

            case "PUBLIC KEY":
                return OfPublicKey(bytes);

            case "RSA PUBLIC KEY":
                using (var rsa = RSA.Create())
                {
                    rsa.ImportRSAPublicKey(bytes, out _);
                    return Of(rsa);
                }

            case var other when other.Contains("PRIVATE KEY", StringComparison.Ordinal):
                fault = "holds a private key, which only the issuer may have: give its public half";
                return null;

            default:
                fault = "holds neither a public key nor a certificate";
                return null;
        }
    }

    private static PublicKey? OfPublicKey(byte[] info)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(info, out _);
            return Of(rsa);
        }
        catch (CryptographicException)
        {
            // No RSA key, then.
            using var curve = ECDsa.Create();
            curve.ImportSubjectPublicKeyInfo(info, out _);
            return Of(curve);
        }
    }

    private static PublicKey? Of(RSA rsa) =>
        rsa.ExportParameters(includePrivateParameters: false) is
        {
            Modulus.Length: >= PublicKey.SmallestModulus and <= PublicKey.LargestModulus,
            Exponent.Length: <= PublicKey.LongestExponent,
        }
        key
            ? new PublicKey(null, null, key)
            : null;

    private static PublicKey? Of(ECDsa curve)
    {
        var key = curve.ExportParameters(includePrivateParameters: false);
        var name = PublicKey.NameOf(key.Curve);
        return name is null ? null : new PublicKey(null, null, name, key.Q);
    }
}
