using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;

namespace Dashboard.Core.Audit.Signing;

/// <summary>Signs statements about the log with the key that signs tokens, and judges who signed one.</summary>
internal sealed class AuditSigner(KeyRing ring)
{
    /// <summary>The statement with the signature of the current key.</summary>
    public string Sign(string domain, string statement)
    {
        var key = ring.Current;
        return SignedText.Write(domain, statement, key.KeyId, data => key.Material.Sign(data));
    }

    /// <summary>Whether a key of ours signed it, and is still trusted.</summary>
    public SignatureState Judge(SignedParts parts) => ring.Find(parts.KeyId) is { } key
        ? Judge(parts, key.Material, key.State is KeyState.Revoked)
        : SignatureState.Bad;

    /// <summary>The same of the key that it names, wherever that is kept.</summary>
    public static SignatureState Judge(SignedParts parts, KeyMaterial key, bool isRevoked) =>
        !key.Verify(parts.Signed, parts.Signature) ? SignatureState.Bad
        : isRevoked ? SignatureState.OfRevokedKey
        : SignatureState.Trusted;
}

internal enum SignatureState
{
    /// <summary>It is not what a key of ours signed.</summary>
    Bad,

    /// <summary>The key was revoked since, so that somebody else may have signed it.</summary>
    OfRevokedKey,
    Trusted,
}
