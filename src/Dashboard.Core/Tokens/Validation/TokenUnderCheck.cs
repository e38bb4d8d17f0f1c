using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>A token on its way through the checks, with what earlier ones found out for later ones.</summary>
internal sealed class TokenUnderCheck(string raw, ValidationContext context, DateTimeOffset now, bool explain)
{
    public string Raw => raw;

    public ValidationContext Context => context;

    public DateTimeOffset Now => now;

    /// <summary>True where a person will read the outcome: passed checks then say what they saw.</summary>
    public bool Explain => explain;

    /// <summary>Null until it was read, and where it cannot be.</summary>
    public ParsedToken? Parsed { get; set; }

    /// <summary>Why it could not be read; null where it was.</summary>
    public string? ParseFault { get; private set; }

    /// <summary>True for one that is made for a LiveKit server, or is judged as if it were: it has checks of its own.</summary>
    public bool IsForLiveKit { get; set; }

    /// <summary>The trusted issuer that it says it is from; null where it has to be ours.</summary>
    public TrustedIssuer? Issuer { get; set; }

    /// <summary>The key that verifies it: of ours the one its <c>kid</c> names, whatever its state; null where there is none.</summary>
    public IVerifyingKey? Key { get; set; }

    /// <summary>True from the moment the signature is known to be the key's own.</summary>
    public bool SignatureVerified { get; set; }

    /// <summary>True where the signature had been verified before.</summary>
    public bool SeenBefore { get; set; }

    /// <summary>The key of a trusted issuer that verified it before; null for our own, which are never used again.</summary>
    public IVerifyingKey? VerifiedBefore { get; set; }

    /// <summary>The ledger's row; null until found.</summary>
    public KnownToken? Known { get; set; }

    /// <summary>Reads it, unless that was done.</summary>
    public void Read()
    {
        if (Parsed is null && ParseFault is null)
        {
            Parsed = TokenParser.Parse(Raw, out var fault);
            ParseFault = Parsed is null ? fault : null;
        }
    }
}
