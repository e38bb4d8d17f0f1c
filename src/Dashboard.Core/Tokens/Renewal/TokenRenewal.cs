using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Renewal;

/// <summary>Whether another token may take the place of one that expires.</summary>
public abstract record TokenRenewal
{
    private TokenRenewal()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Old">The row of the old one.</param>
    /// <param name="Request">What to ask the issuer for.</param>
    public sealed record Possible(LedgerEntry Old, TokenRequest Request) : TokenRenewal;

    /// <summary>It may not.</summary>
    /// <param name="Why">A sentence.</param>
    public sealed record Impossible(string Why) : TokenRenewal;
}
