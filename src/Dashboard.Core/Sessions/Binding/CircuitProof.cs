using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>What a browser is asked before a circuit shows anything.</summary>
/// <param name="Circuit">The circuit's public id: an answer for one circuit is none for another.</param>
/// <param name="Nonce">256 fresh bits in base64url, used once.</param>
public sealed record ProofChallenge(string Circuit, string Nonce)
{
    /// <summary>A fresh challenge for a circuit.</summary>
    public static ProofChallenge For(string circuit) =>
        new(circuit, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What is signed; <c>browser-proof.js</c> builds the same text.</summary>
    internal byte[] Message => Encoding.UTF8.GetBytes($"signet circuit proof v1\n{Circuit}\n{Nonce}");
}

/// <summary>What the browser answers; null members where it could not.</summary>
public sealed record ProofAnswer(string? Fingerprint, string? Signature);

/// <summary>What was wrong with a proof.</summary>
public enum ProofFault
{
    NoAnswer,
    WrongFingerprint,
    WrongSignature,
}

/// <summary>Checks that a browser is the one that logged in: it knows the fingerprint and holds the key.</summary>
internal sealed class CircuitProof(FingerprintHasher hasher)
{
    private const int LongestFingerprint = 256;

    /// <summary>The first fault, or null for a good proof.</summary>
    public ProofFault? Check(SessionBinding binding, ProofChallenge challenge, ProofAnswer? answer) => answer switch
    {
        null or { Fingerprint: null } or { Signature: null } => ProofFault.NoAnswer,
        { Fingerprint.Length: > LongestFingerprint } => ProofFault.WrongFingerprint,
        _ when !hasher.Matches(answer.Fingerprint, binding.Fingerprint) => ProofFault.WrongFingerprint,
        // A session without a key never logged in with a browser: it opens no circuit.
        _ when binding.BrowserKey is null || !BrowserKey.Verify(binding.BrowserKey, challenge.Message, answer.Signature) =>
            ProofFault.WrongSignature,
        _ => null,
    };
}
