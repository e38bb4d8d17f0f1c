using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Material;

/// <summary>ECDSA on P-256 with SHA-256, the signature as r and s side by side (RFC 7518 section 3.4).</summary>
internal sealed class EcKeyMaterial : AsymmetricKeyMaterial
{
    private const int HalfLength = 32;

    // The order of P-256: r and s must lie below it (CVE-2022-21449).
    private static readonly byte[] Order =
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private readonly byte[] _privatePart;
    private readonly Pool<ECDsa> _pool;

    public EcKeyMaterial(byte[] privatePart)
    {
        _privatePart = privatePart;
        _pool = new Pool<ECDsa>(Create);
        using var lease = _pool.Rent();
        var parameters = lease.Item.ExportParameters(includePrivateParameters: false);
        PublicJwkMembers =
        [
            ("kty", "EC"),
            ("crv", "P-256"),
            ("x", Base64Url.EncodeToString(parameters.Q.X)),
            ("y", Base64Url.EncodeToString(parameters.Q.Y)),
        ];
    }

    public override int SignatureLength => 2 * HalfLength;

    public override IReadOnlyList<(string Name, string Value)> PublicJwkMembers { get; }

    public static EcKeyMaterial Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new EcKeyMaterial(key.ExportPkcs8PrivateKey());
    }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var lease = _pool.Rent();
        return lease.Item.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || !InRange(signature[..HalfLength]) || !InRange(signature[HalfLength..]))
        {
            return false;
        }

        using var lease = _pool.Rent();
        return lease.Item.VerifyData(
            data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override byte[] ExportPrivate() => _privatePart;

    public override byte[] ExportPublic()
    {
        using var lease = _pool.Rent();
        return lease.Item.ExportSubjectPublicKeyInfo();
    }

    private static bool InRange(ReadOnlySpan<byte> number) =>
        number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(Order) < 0;

    private ECDsa Create()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_privatePart, out _);
        return key;
    }
}
