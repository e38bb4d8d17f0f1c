using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>HS256 and nothing else, and no extension that the server does not know.</summary>
internal sealed class LiveKitAlgorithmCheck() : TokenCheck("algorithm", "Is it signed in the way that LiveKit takes?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (parsed.Header.TryGetProperty("crit", out _))
        {
            return Refused("The header marks extensions as critical (crit), and LiveKit knows none.");
        }

        return parsed.Algorithm is LiveKitKey.Algorithm
            ? CheckOutcome.Passed(token.Explain ? "HS256, the only algorithm of LiveKit." : null)
            : Refused(parsed.Algorithm is null
                ? "The header names no algorithm (alg); LiveKit takes HS256 alone."
                : $"The header says {Shortened(parsed.Algorithm)}; LiveKit takes HS256 alone.");
    }

    private static string Shortened(string algorithm) => algorithm.Length > 20 ? algorithm[..20] + "…" : algorithm;

    private static CheckOutcome Refused(string detail) => CheckOutcome.Failed(TokenRefusal.AlgorithmNotAllowed, detail);
}
