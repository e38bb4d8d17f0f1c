using System.Buffers.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Clients.Registration;

/// <summary>The rows in the ledger of what registers clients and manages their registration. The ids come from the hashes.</summary>
internal static class RegistrationCredentials
{
    private const string IdPrefix = "rat_";
    private const int IdBytes = 16;

    // A registration can be renewed at any time, and its token with it: the row ends when the token does. Until then it is
    // never purged, for with it would go that it was revoked.
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(36_500);

    /// <summary>The name in the ledger of the registration token with a hash.</summary>
    public static string IdOf(byte[] registrationTokenHash) =>
        IdPrefix + Base64Url.EncodeToString(registrationTokenHash.AsSpan(0, Math.Min(IdBytes, registrationTokenHash.Length)));

    /// <summary>What becomes of the ledger where a client is added, or becomes another.</summary>
    public static LedgerChange Between(Client? before, Client after, Actor who, DateTimeOffset now)
    {
        var (old, @new) = (before?.RegistrationTokenHash, after.RegistrationTokenHash);
        return old.AsSpan().SequenceEqual(@new)
            ? LedgerChange.None
            : new LedgerChange(
                @new is null ? null : RowOf(after.Id, @new, who, now), old is null ? null : IdOf(old), now);
    }

    /// <summary>The row of an initial access token. It speaks for nobody, and so for itself.</summary>
    public static LedgerEntry RowOf(InitialAccessToken token) => new()
    {
        TokenId = token.Id,
        Kind = TokenKind.InitialAccess,
        Subject = token.Id,
        Scope = "",
        Audience = "",
        KeyId = "",
        IssuedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt ?? token.CreatedAt + Lasting,
        IssuedBy = token.CreatedBy,
        Claims = AuditJson.Write(("label", token.Label)),
    };

    private static LedgerEntry RowOf(string clientId, byte[] hash, Actor who, DateTimeOffset now) => new()
    {
        TokenId = IdOf(hash),
        Kind = TokenKind.Registration,
        Subject = clientId,
        Client = clientId,
        Scope = "",
        Audience = "",
        KeyId = "",
        IssuedAt = now,
        ExpiresAt = now + Lasting,
        IssuedBy = who.Name,
        Claims = AuditJson.Write((ClaimNames.Client, clientId)),
    };
}
