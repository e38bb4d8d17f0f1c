using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>11: neither the token nor anything it belongs to was revoked or has ended. Answered from memory.</summary>
internal sealed class RevocationCheck(
    RevocationList revocations, SessionDirectory sessions, ITokenLedger ledger, IChangeFeed feed) : ITokenCheck
{
    private const string Revoked = "JWT token has been revoked.";

    public string Name => "revocation";

    public string Title => "Is it still in force?";

    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        if (token is { Issuer: { } issuer, SignatureVerified: true })
        {
            return CheckOutcome.Passed(
                token.Explain ? $"What {issuer.Name} issued, {issuer.Name} alone can revoke; it is good until it expires." : null);
        }

        if (token.Known is not { } known)
        {
            return CheckOutcome.NotReached("Only a token that Signet issued can be revoked.");
        }

        // Before the list, which holds the tokens of every session that has ended, whatever it ended by.
        var session = known.Session is { } name ? await sessions.FindAsync(name, cancellationToken) : null;
        if (session is SessionLookup.Ended { Session: var over, Reason: SessionEndReason.Idle or SessionEndReason.Expired })
        {
            return CheckOutcome.Failed(
                TokenRefusal.SessionExpired,
                "The session that the token belongs to has reached its limit.",
                new RefusalFacts { SessionTimeout = over.EndsAt - over.CreatedAt });
        }

        if (revocations.IsRevoked(known))
        {
            return CheckOutcome.Failed(
                TokenRefusal.Revoked, token.Explain ? await ExplainAsync(known.TokenId, cancellationToken) : Revoked);
        }

        if (!feed.IsCurrent)
        {
            throw new StoreUnavailableException("What other nodes revoked cannot be read at this time.");
        }

        // Asked even so: a session may have ended at the moment of a crash, before its tokens were cut off.
        return session is null or SessionLookup.Live
            ? CheckOutcome.Passed(token.Explain ? "Nothing revokes it." : null)
            : CheckOutcome.Failed(TokenRefusal.Revoked, "The session that the token belongs to has ended.");
    }

    // Who and why are for the report alone; a caller learns no more than that it was revoked.
    private async Task<string> ExplainAsync(string tokenId, CancellationToken cancellationToken)
    {
        var entry = await ledger.FindAsync(tokenId, cancellationToken);
        return (entry is null ? null : revocations.StampOf(entry)) is { } stamp
            ? $"Revoked at {Times.Iso(stamp.At)} by {stamp.By}: {stamp.Reason}"
            : Revoked;
    }
}
