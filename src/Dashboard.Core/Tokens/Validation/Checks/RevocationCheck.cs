using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>11: neither the token nor anything it belongs to was revoked. Answered from memory.</summary>
internal sealed class RevocationCheck(RevocationList revocations, ITokenLedger ledger) : ITokenCheck
{
    public string Name => "revocation";

    public string Title => "Is it still in force?";

    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        if (token.Known is not { } known)
        {
            return CheckOutcome.NotReached("Only a token that Signet issued can be revoked.");
        }

        if (!revocations.IsRevoked(known))
        {
            return CheckOutcome.Passed(token.Explain ? "Nothing revokes it." : null);
        }

        return CheckOutcome.Failed(
            TokenRefusal.Revoked,
            token.Explain ? await ExplainAsync(known.TokenId, cancellationToken) : "JWT token has been revoked.");
    }

    // Who and why are for the report alone; a caller learns no more than that it was revoked.
    private async Task<string> ExplainAsync(string tokenId, CancellationToken cancellationToken)
    {
        var entry = await ledger.FindAsync(tokenId, cancellationToken);
        return (entry is null ? null : revocations.StampOf(entry)) is { } stamp
            ? $"Revoked at {Times.Iso(stamp.At)} by {stamp.By}: {stamp.Reason}"
            : "JWT token has been revoked.";
    }
}
