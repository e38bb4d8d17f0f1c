using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>
/// Whether Signet made it. Others may have: the server and every program with the same secret make tokens, too, and none of them
/// writes into the ledger. That one is not there accuses nobody.
/// </summary>
internal sealed class LiveKitLedgerCheck(LedgerCheck ledger) : ITokenCheck
{
    public string Name => "ledger";

    public string Title => "Did Signet issue it?";

    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        if (!token.SignatureVerified)
        {
            return CheckOutcome.NotReached("Without a genuine signature the token's id proves nothing.");
        }

        // To the byte: an id that was copied into another token makes that none of ours.
        if (token.Parsed!.Values.TokenId is { } tokenId
            && await ledger.FindAsync(tokenId, cancellationToken) is { Kind: TokenKind.LiveKit } known
            && known.ClaimsHash == token.Parsed.ClaimsHash)
        {
            token.Known = known;
            return CheckOutcome.Passed(token.Explain ? $"Issued at {Times.Iso(known.IssuedAt)}." : null);
        }

        return CheckOutcome.Passed(
            token.Explain ? "It did not: another program with the same API key and secret made it, which is not kept here." : null);
    }
}
