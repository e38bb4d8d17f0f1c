using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>
/// Tells APIs what is revoked, so that they can refuse it without asking about every token. Answered from memory alone: what
/// this node enforces, it tells.
/// </summary>
public sealed class RevocationFeed
{
    /// <summary>The most entries of one page.</summary>
    public const int PageSize = 5_000;

    // Clocks of APIs may be slow: they are told of tokens some time beyond their end.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly RevocationList _list;
    private readonly KeyRing _ring;
    private readonly Suspensions _suspensions;
    private readonly ScopeHierarchy _scopes;
    private readonly IChangeFeed _changes;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _clock;

    // A node that starts anew numbers anew.
    private readonly string _node = Identifiers.NewId();

    internal RevocationFeed(
        RevocationList list,
        KeyRing ring,
        Suspensions suspensions,
        ScopeHierarchy scopes,
        IChangeFeed changes,
        IOptions<TokenOptions> options,
        TimeProvider clock) =>
        (_list, _ring, _suspensions, _scopes, _changes, _longest, _clock) =
        (list, ring, suspensions, scopes, changes, options.Value.MaximumLifetime, clock);

    /// <summary>What came since a cursor of an earlier page, whichever node gave it; everything where there is none.</summary>
    /// <exception cref="StoreUnavailableException">What other nodes revoked cannot be read, so nothing here can be vouched for.</exception>
    public RevocationPage Read(string? cursor)
    {
        // Before the list: what is heard of in between is in the next page.
        if (!_changes.IsCurrent)
        {
            throw new StoreUnavailableException("What other nodes revoked cannot be read at this time.");
        }

        var since = FeedCursor.Read(cursor);
        var before = since.Find(_node);
        var (entries, position, hasMore) = _list.Journal.Read(before ?? 0, PageSize);
        var suspended = _suspensions.Read();
        var now = _clock.GetUtcNow();
        return new RevocationPage(since.With(_node, position, suspended.Digest).ToString(), hasMore)
        {
            Tokens =
            [
                .. entries.Where(entry => entry.TokenId is not null && Matters(entry, now))
                    .Select(entry => new RevokedToken(
                        entry.TokenId!, entry.ExpiresAt == DateTimeOffset.MaxValue ? null : entry.ExpiresAt)),
            ],
            CutOffs =
            [
                .. entries.Where(entry => entry.CutOff is { } cutOff && Matters(cutOff, now)).Select(entry => PublicOf(entry.CutOff!)),
            ],
            RevokedKeys = [.. _ring.All.Where(key => key.State is KeyState.Revoked).Select(key => key.KeyId)],
            Suspended = since.Suspended == suspended.Digest ? null : suspended.Entries,
            ScopeHierarchy = before is null ? _scopes.All : null,
        };
    }

    /// <summary>
    /// What stands for a value in a cut-off: an API recognises what it has a token of, and learns no names of others.
    /// </summary>
    public static string HashOf(string scope, string value) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}:{value}")));

    // Of one whose expiry was learned later there is another entry.
    private bool Matters(RevocationJournal.Entry token, DateTimeOffset now) =>
        token.ExpiresAt > now - Margin && _list.FindExpiry(token.TokenId!) == token.ExpiresAt;

    // What an older one covered has expired, or stands among the tokens: it was written to each of them long ago.
    private bool Matters(TokenRevocation cutOff, DateTimeOffset now) => cutOff.Stamp.At > now - _longest - Margin;

    private static CutOff PublicOf(TokenRevocation cutOff)
    {
        var scope = RevocationNames.NameOf(cutOff.Scope);
        return new CutOff(
            scope, cutOff.Scope is RevocationScope.All ? null : HashOf(scope, cutOff.Value), cutOff.IssuedBefore);
    }
}

/// <summary>What is revoked, or what of it is new.</summary>
/// <param name="Cursor">To be given with the next request.</param>
/// <param name="HasMore">True where the next page is there already.</param>
public sealed record RevocationPage(string Cursor, bool HasMore)
{
    public IReadOnlyList<RevokedToken> Tokens { get; init; } = [];

    public IReadOnlyList<CutOff> CutOffs { get; init; } = [];

    /// <summary>Every key that was revoked, in every page: no token of theirs is good.</summary>
    public IReadOnlyList<string> RevokedKeys { get; init; } = [];

    /// <summary>
    /// Everybody who may not act for now, in place of all who were told before: who is not among them any more was let in again.
    /// Null where it is the same as before.
    /// </summary>
    public IReadOnlyList<Suspension>? Suspended { get; init; }

    /// <summary>Each scope of the hierarchy and all that it implies; null but in the first page of a node.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ScopeHierarchy { get; init; }
}

/// <summary>A token that is revoked by itself.</summary>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="ExpiresAt">From when on it need not be remembered; null where that is not known.</param>
public sealed record RevokedToken(string TokenId, DateTimeOffset? ExpiresAt);

/// <summary>A rule that covers every token issued, or granted, at or before a time.</summary>
/// <param name="Scope">What the value is: <c>subject</c>, <c>client</c>, <c>key</c>, <c>session</c>, <c>family</c>; <c>all</c> for everything.</param>
/// <param name="Value"><see cref="RevocationFeed.HashOf"/>; null for everything.</param>
/// <param name="IssuedBefore">Inclusive.</param>
public sealed record CutOff(string Scope, string? Value, DateTimeOffset IssuedBefore);
