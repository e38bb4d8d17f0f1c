using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// 2: the algorithm is the one this key was made for, and of a trusted issuer one that it is trusted to use. The key decides, the
/// header only has to agree (RFC 8725 section 3.1); extensions we do not know are refused (RFC 7515 section 4.1.11).
/// </summary>
internal sealed class AlgorithmCheck(KeyRing ring, IssuerKeys issuers)
    : TokenCheck("algorithm", "Is the algorithm allowed for this key?")
{
    // Keys carried in a header are an invitation to trust the sender; they are never looked at.
    private static readonly string[] IgnoredMembers = ["jku", "jwk", "x5u", "x5c"];

    // Each would change what the bytes mean or name a certificate; none has a meaning here (RFC 8725 section 3.1).
    private static readonly string[] RefusedMembers = ["zip", "b64", "cty", "x5t", "x5t#S256"];

    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        // What was taken over is known by its row, also where its issuer had been trusted before; what is judged by a key that
        // somebody holds against it is of nobody here.
        token.IsAdopted = token.Context.Key is null && AdoptedKeys.AreFor(ring, parsed);
        token.Issuer = token.Context.Key is { } given ? given.IssuerOf(parsed, token.Context.Audience)
            : token.Context.AcceptsTrustedIssuers && !token.IsAdopted ? issuers.Find(parsed.Values.Issuer)
            : null;
        if (parsed.Header.TryGetProperty("crit", out _))
        {
            return Refused("The header marks extensions as critical (crit), and Signet knows none.");
        }

        if (Array.Find(RefusedMembers, name => parsed.Header.TryGetProperty(name, out _)) is { } refused)
        {
            return Refused($"The header has the member {refused}, which no token for Signet may have.");
        }

        return token.Issuer is { } issuer ? RunForeign(token, parsed, issuer) : RunOwn(token, parsed);
    }

    private CheckOutcome RunOwn(TokenUnderCheck token, ParsedToken parsed)
    {
        if (KeyAlgorithms.Parse(parsed.Algorithm) is not { } algorithm)
        {
            return Refused($"The header's alg is not one of {KeyAlgorithms.Names}." + UnsignedNote(parsed));
        }

        if (parsed.KeyId is { } keyId && ring.Find(keyId) is { } key && key.Algorithm != algorithm)
        {
            return Refused($"The header says {algorithm}, but the key it names signs {key.Algorithm} only.");
        }

        return CheckOutcome.Passed(token.Explain ? Explain(algorithm.ToString(), parsed.Header) : null);
    }

    private CheckOutcome RunForeign(TokenUnderCheck token, ParsedToken parsed, TrustedIssuer issuer)
    {
        if (parsed.Algorithm is not { } algorithm || !issuer.Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            return Refused(
                $"The header's alg is not one that {issuer.Name} is trusted to sign with ({string.Join(", ", issuer.Algorithms)})."
                + UnsignedNote(parsed));
        }

        if (issuers.IsForAnotherAlgorithm(issuer, parsed.KeyId, algorithm))
        {
            return Refused($"The header says {algorithm}, but the key of {issuer.Name} that it names is for another algorithm.");
        }

        return CheckOutcome.Passed(token.Explain ? Explain(algorithm, parsed.Header) : null);
    }

    private static string UnsignedNote(ParsedToken parsed) =>
        "none".Equals(parsed.Algorithm, StringComparison.OrdinalIgnoreCase)
            ? " It says 'none': the token is not signed at all."
            : "";

    private static CheckOutcome Refused(string detail) => CheckOutcome.Failed(TokenRefusal.AlgorithmNotAllowed, detail);

    private static string Explain(string algorithm, JsonElement header) =>
        IgnoredMembers.Where(name => header.TryGetProperty(name, out _)).ToList() is { Count: > 0 } ignored
            ? $"{algorithm}. Ignored in the header: {string.Join(", ", ignored)}."
            : $"{algorithm}.";
}
