using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>A token that is signed, but not yet in the ledger.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Entry">The row to write.</param>
/// <param name="Token">The compact serialization.</param>
/// <param name="Lifetime">How long it lives.</param>
internal sealed record PreparedToken(TokenRequest Request, LedgerEntry Entry, string Token, TimeSpan Lifetime)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => Entry.TokenId;
}
