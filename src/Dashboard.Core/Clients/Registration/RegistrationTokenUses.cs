using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Clients.Registration;

/// <summary>
/// Whether what registers clients, or manages their registration, was revoked as every token can be, and that it was shown.
/// </summary>
internal sealed class RegistrationTokenUses(ITokenLedger ledger, RevocationList list, PresentationRecorder presentations)
{
    /// <summary>
    /// The row of the registration token with a hash; null where there is none, or only from before tokens of its kind had
    /// rows: those are good as long as their registration.
    /// </summary>
    public Task<LedgerEntry?> FindAsync(byte[] hash, CancellationToken cancellationToken) =>
        ledger.FindAsync(RegistrationCredentials.IdOf(hash), cancellationToken);

    /// <summary>True where a revocation covers a row.</summary>
    public bool IsRevoked(LedgerEntry? row) =>
        row is not null && (row.Revoked is not null || list.IsRevoked(row.TokenId, TokenMarks.Of(row)));

    /// <summary>True where a revocation covers an initial access token; also one without a row.</summary>
    public bool IsRevoked(InitialAccessToken token) =>
        list.IsRevoked(token.Id, TokenMarks.Of(RegistrationCredentials.RowOf(token)));

    /// <summary>A token was shown, and was good.</summary>
    public void Present(string tokenId, RequestOrigin origin) => presentations.Record(tokenId, origin, "register");
}
