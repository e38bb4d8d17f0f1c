using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Material;

/// <summary>RSASSA-PKCS1-v1_5 or RSASSA-PSS with SHA-256 (RFC 7518 sections 3.3 and 3.5). A key pads in one way alone.</summary>
internal sealed class RsaKeyMaterial : AsymmetricKeyMaterial
{
    private readonly byte[] _privatePart;
    private readonly RSASignaturePadding _padding;
    private readonly Pool<RSA> _pool;

    public RsaKeyMaterial(byte[] privatePart, RSASignaturePadding padding)
    {
        (_privatePart, _padding) = (privatePart, padding);
        _pool = new Pool<RSA>(Create);
        using var lease = _pool.Rent();
        SignatureLength = lease.Item.KeySize / 8;
        var parameters = lease.Item.ExportParameters(includePrivateParameters: false);
        PublicJwkMembers =
        [
            ("kty", "RSA"),
            ("n", Base64Url.EncodeToString(parameters.Modulus)),
            ("e", Base64Url.EncodeToString(parameters.Exponent)),
        ];
    }

    public override int SignatureLength { get; }

    public override IReadOnlyList<(string Name, string Value)> PublicJwkMembers { get; }

    public static RsaKeyMaterial Generate(int bits, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(bits);
        return new RsaKeyMaterial(rsa.ExportPkcs8PrivateKey(), padding);
    }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var lease = _pool.Rent();
        return lease.Item.SignData(data, HashAlgorithmName.SHA256, _padding);
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var lease = _pool.Rent();
        return signature.Length == SignatureLength
            && lease.Item.VerifyData(data, signature, HashAlgorithmName.SHA256, _padding);
    }

    public override byte[] ExportPrivate() => _privatePart;

    public override byte[] ExportPublic()
    {
        using var lease = _pool.Rent();
        return lease.Item.ExportSubjectPublicKeyInfo();
    }

    private RSA Create()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_privatePart, out _);
        return rsa;
    }
}
