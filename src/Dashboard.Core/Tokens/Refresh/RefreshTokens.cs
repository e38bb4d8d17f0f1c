using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Refresh;

/// <summary>
/// Refresh tokens: opaque, good once, each followed by the next, until their family ends. One that comes again ends the family
/// and all that came of it: either its client or a thief has the next one, and nobody can tell which.
/// </summary>
internal sealed class RefreshTokens(
    IRefreshTokenStore store,
    ITokenLedger ledger,
    TokenRevocations revocations,
    RevocationList list,
    EventLog events,
    SignetMeters meters,
    IOptions<TokenOptions> options,
    TimeProvider clock) : IDisposable
{
    /// <summary>Begins every refresh token, for scanners of leaked secrets.</summary>
    public const string Prefix = "sgt_rt_";

    /// <summary>How long tokens and families are remembered beyond their end: clocks of nodes differ, and are set back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int Length = 50;

    private readonly SemaphoreSlim _ending = new(1, 1);

    /// <summary>What a text stands for, used or not; null where it is no refresh token of ours.</summary>
    public Task<StoredRefreshToken?> FindAsync(string token, CancellationToken cancellationToken) => IsOne(token)
        ? store.FindAsync(HashOf(token), cancellationToken)
        : Task.FromResult<StoredRefreshToken?>(null);

    /// <summary>
    /// Begins the family that an access token is of, and writes that one into the ledger with it. Null, and nothing written,
    /// where the family was revoked before it began.
    /// </summary>
    public async Task<string?> StartAsync(
        PreparedToken access, string? resource, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = NewToken();
        var now = Now();
        var entry = access.Entry;
        var first = new StoredRefreshToken
        {
            Hash = HashOf(token),
            TokenId = Identifiers.NewId(),
            Family = entry.Family ?? throw new InvalidOperationException("The access token is of no family."),
            Client = entry.Client ?? throw new InvalidOperationException("The access token is of no client."),
            Subject = entry.Subject,
            Scope = entry.Scope,
            Resource = resource,
            IssuedAt = now,
            GrantedAt = entry.GrantedAt ?? throw new InvalidOperationException("The access token was not granted at any time."),
            ExpiresAt = now + (lifetime < TokenOptions.LongestLifetime ? lifetime : TokenOptions.LongestLifetime),
        };
        return await store.StartAsync(first, [entry, RowOf(first, entry.Audience, entry.IssuedBy, null)], cancellationToken)
            ? Counted(token)
            : null;
    }

    /// <summary>
    /// Begins a family with a token that another system gave out. False, and nothing written, where that was done before: what has
    /// become of it since stays.
    /// </summary>
    public async Task<bool> AdoptAsync(AdoptedRefreshToken token, CancellationToken cancellationToken)
    {
        var hash = HashOf(token.Token);
        var id = AdoptedRefreshToken.IdOf(hash);
        var first = new StoredRefreshToken
        {
            Hash = hash,
            TokenId = id,
            Family = id,
            Client = token.Client,
            Subject = token.Subject,
            Scope = token.Scope,
            Resource = token.Resource,
            IssuedAt = token.IssuedAt,
            GrantedAt = token.IssuedAt,
            ExpiresAt = token.ExpiresAt,
        };
        return await store.StartAsync(
            first, [RowOf(first, token.Resource ?? token.Audience, AdoptedTokens.IssuedBy, token.UserName)], cancellationToken);
    }

    /// <summary>The name of whom an adopted token speaks for, which its row keeps; null where it has none.</summary>
    public async Task<string?> FindUserNameAsync(StoredRefreshToken found, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(found.TokenId, cancellationToken) is not { } row)
        {
            return null;
        }

        using var claims = JsonDocument.Parse(row.Claims);
        return claims.RootElement.TryGetProperty(ClaimNames.UserName, out var name) ? name.GetString() : null;
    }

    /// <summary>
    /// Uses a token, and writes the access token given for it into the ledger. Null where it was used or revoked meanwhile;
    /// its family is then revoked where that is due.
    /// </summary>
    public async Task<string?> RedeemAsync(
        string token, StoredRefreshToken found, PreparedToken access, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var (next, now, grace) = (NewToken(), Now(), options.Value.RefreshGrace);
        var successor = found with
        {
            Hash = HashOf(next),
            TokenId = Identifiers.NewId(),
            IssuedAt = now,
            Predecessor = found.Hash,
            UsedAt = null,
        };

        // Who allowed it themselves is named by the subject already.
        var userName = Subjects.UserNameOf(found.Subject) is null ? access.Request.UserName : null;
        var row = RowOf(successor, access.Entry.Audience, access.Entry.IssuedBy, userName);
        var rotation = new RefreshRotation(found, successor, [access.Entry, row], now)
        {
            Grace = grace,
            SealedSuccessor = grace > TimeSpan.Zero ? SealedSuccessor.Seal(token, next) : null,
        };
        switch (await store.UseAsync(rotation, cancellationToken))
        {
            case RefreshUse.Used:
                // Revoked while it was used: then nobody gets the successor.
                return IsRevoked(found) ? null : Counted(next);
            case RefreshUse.UsedJustNow again:
                await ledger.AddAsync(access.Entry, null, cancellationToken);
                return IsRevoked(found) ? null : SealedSuccessor.Open(token, again.SealedSuccessor);
            case RefreshUse.Replayed:
                await EndReplayedAsync(found, origin, cancellationToken);
                return null;
            default:
                return null;
        }
    }

    /// <summary>True where a token was used and no grace is left for it.</summary>
    public bool IsReplay(StoredRefreshToken found) =>
        found.UsedAt is { } usedAt && Now() - usedAt >= options.Value.RefreshGrace;

    /// <summary>True where a revocation covers a token, by itself or by whatever it belongs to.</summary>
    public bool IsRevoked(StoredRefreshToken token) => token.FamilyRevokedAt is not null || list.IsRevoked(
        token.TokenId,
        new TokenMarks(token.IssuedAt)
        {
            Subject = token.Subject,
            Client = token.Client,
            Family = token.Family,
            GrantedAt = token.GrantedAt,
        });

    /// <summary>Ends the family of a token that came again, and raises an alert. Done once for a family.</summary>
    public async Task EndReplayedAsync(StoredRefreshToken token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        // One at a time: of many that come at once the first does it. Asked of the list and not of the store, which may say
        // so where the node that was to cut off the access tokens did not come to it.
        await _ending.WaitAsync(cancellationToken);
        try
        {
            if (list.IsEnded(token.Family))
            {
                return;
            }

            events.Record(new SecurityEvent
            {
                At = clock.GetUtcNow(),
                Kind = EventKinds.RefreshReplayed,
                Outcome = EventOutcome.Alert,
                Subject = token.Subject,
                Client = token.Client,
                TokenId = token.TokenId,
                Origin = origin,
                Detail = "A refresh token that had been used was presented again: it may have been stolen. Its family is revoked.",
            });
            await revocations.RevokeFamilyAsync(
                token.Family, "A refresh token that had been used was presented again.", Actor.Signet, cancellationToken);
        }
        finally
        {
            _ending.Release();
        }
    }

    public void Dispose() => _ending.Dispose();

    /// <summary>True for a text in the form of a refresh token, ours or adopted.</summary>
    public static bool IsOne(string token) =>
        (token.Length == Length && token.StartsWith(Prefix, StringComparison.Ordinal)) || AdoptedRefreshToken.IsForm(token);

    private string Counted(string token)
    {
        meters.TokenIssued(TokenKind.Refresh.Name);
        return token;
    }

    private static string NewToken() => Prefix + Identifiers.NewSecret();

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    // Milliseconds, as stores keep them.
    private DateTimeOffset Now() => clock.GetUtcNow().CutToMilliseconds();

    private static LedgerEntry RowOf(StoredRefreshToken token, string audience, string issuedBy, string? userName) => new()
    {
        TokenId = token.TokenId,
        Kind = TokenKind.Refresh,
        Subject = token.Subject,
        Client = token.Client,
        Family = token.Family,
        GrantedAt = token.GrantedAt,
        Scope = token.Scope,
        Audience = audience,
        KeyId = "",
        IssuedAt = token.IssuedAt,
        ExpiresAt = token.ExpiresAt,
        IssuedBy = issuedBy,
        Claims = AuditJson.Write(
            (ClaimNames.Subject, token.Subject),
            (ClaimNames.Client, token.Client),
            (ClaimNames.Scope, token.Scope),
            (ClaimNames.UserName, userName)),
    };
}
