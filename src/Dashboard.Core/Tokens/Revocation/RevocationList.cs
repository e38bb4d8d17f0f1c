using System.Collections.Concurrent;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>Every revocation that can still matter, in memory. A cut-off is one entry, whatever it covers.</summary>
internal sealed class RevocationList
{
    // Long past any skew, and past a clock that is set back: what is forgotten must never be accepted again.
    private static readonly TimeSpan Remembrance = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(RevocationScope Scope, string Value), TokenRevocation> _cutOffs = new();

    /// <summary>What came into this list, in order. Whatever is in force is in it.</summary>
    public RevocationJournal Journal { get; } = new();

    /// <summary>Takes in everything that is stored. Call before the first validation, and where news of others may be lost.</summary>
    /// <returns>The cut-offs that were not in the list before.</returns>
    public async Task<IReadOnlyList<TokenRevocation>> LoadAsync(IRevocationStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var snapshot = await store.ReadAsync(now - Remembrance, cancellationToken);
        List<TokenRevocation> missed = [];
        foreach (var cutOff in snapshot.CutOffs)
        {
            if (!_cutOffs.TryGetValue((cutOff.Scope, cutOff.Value), out var known) || known.IssuedBefore < cutOff.IssuedBefore)
            {
                missed.Add(cutOff);
            }

            Add(cutOff);
        }

        foreach (var (tokenId, expiresAt) in snapshot.Tokens)
        {
            Add(tokenId, expiresAt);
        }

        return missed;
    }

    /// <summary>Adds a single token, remembered until it would have expired anyway.</summary>
    public void Add(string tokenId, DateTimeOffset expiresAt)
    {
        // Everything is read again every so often: only what is new is news.
        if (!_tokens.TryGetValue(tokenId, out var known) || known != expiresAt)
        {
            _tokens[tokenId] = expiresAt;
            Journal.Add(tokenId, expiresAt);
        }
    }

    /// <summary>Adds a single token whose expiry is not known, unless it is remembered already.</summary>
    public void Add(string tokenId)
    {
        if (_tokens.TryAdd(tokenId, DateTimeOffset.MaxValue))
        {
            Journal.Add(tokenId, DateTimeOffset.MaxValue);
        }
    }

    /// <summary>Until when a single token is remembered; null for one that is not revoked by itself.</summary>
    public DateTimeOffset? FindExpiry(string tokenId) => _tokens.TryGetValue(tokenId, out var expiresAt) ? expiresAt : null;

    /// <summary>Adds a cut-off; a later one for the same value replaces an earlier one.</summary>
    public void Add(TokenRevocation cutOff)
    {
        var held = _cutOffs.AddOrUpdate(
            (cutOff.Scope, cutOff.Value),
            cutOff,
            (_, known) => known.IssuedBefore >= cutOff.IssuedBefore ? known : cutOff);
        if (ReferenceEquals(held, cutOff))
        {
            Journal.Add(cutOff);
        }
    }

    public bool IsRevoked(KnownToken token) =>
        _tokens.ContainsKey(token.TokenId)
        || (!_cutOffs.IsEmpty && FindCutOff(TokenMarks.Of(token)) is not null);

    /// <summary>The same for what is known by its marks alone.</summary>
    public bool IsRevoked(string tokenId, in TokenMarks marks) => _tokens.ContainsKey(tokenId) || IsCutOff(marks);

    /// <summary>True where a family was revoked as such, and so nothing of it will ever be good again.</summary>
    public bool IsEnded(string family) => _cutOffs.ContainsKey((RevocationScope.Family, family));

    /// <summary>True where a cut-off covers what was issued with these marks, whether or not it is in the ledger.</summary>
    public bool IsCutOff(in TokenMarks marks) => FindCutOff(marks) is not null;

    /// <summary>The revocation of a row: its own, or that of a cut-off not yet written into it; null where there is none.</summary>
    public RevocationStamp? StampOf(LedgerEntry entry) =>
        entry.Revoked
        ?? FindCutOff(TokenMarks.Of(entry))?.Stamp;

    /// <summary>
    /// Forgets tokens that expired long ago, and cut-offs all of whose tokens did: the clock refuses them now.
    /// </summary>
    public void ForgetExpired(DateTimeOffset now)
    {
        foreach (var (key, cutOff) in _cutOffs)
        {
            if (cutOff.IssuedBefore < now - TokenOptions.LongestLifetime - Remembrance)
            {
                _cutOffs.TryRemove(KeyValuePair.Create(key, cutOff));
            }
        }

        foreach (var (tokenId, expiresAt) in _tokens)
        {
            if (expiresAt < now - Remembrance)
            {
                _tokens.TryRemove(tokenId, out _);
            }
        }

        Journal.Forget(entry => entry is { TokenId: { } tokenId }
            ? !_tokens.ContainsKey(tokenId)
            : !_cutOffs.ContainsKey((entry.CutOff!.Scope, entry.CutOff.Value)));
    }

    // A token may be renewed before this node knows of the cut-off, and then it is later than that: what counts is when it was
    // granted. A key alone covers what it signed, not what comes of that.
    private TokenRevocation? FindCutOff(in TokenMarks marks)
    {
        var begunAt = marks.GrantedAt ?? marks.IssuedAt;
        return Find(RevocationScope.All, "", begunAt)
            ?? Find(RevocationScope.Subject, marks.Subject, begunAt)
            ?? Find(RevocationScope.Client, marks.Client, begunAt)
            ?? Find(RevocationScope.Key, marks.KeyId, marks.IssuedAt)
            ?? Find(RevocationScope.Session, marks.Session, marks.IssuedAt)
            ?? Find(RevocationScope.Family, marks.Family, marks.IssuedAt);
    }

    private TokenRevocation? Find(RevocationScope scope, string? value, DateTimeOffset issuedAt) =>
        value is not null && _cutOffs.TryGetValue((scope, value), out var cutOff) && issuedAt <= cutOff.IssuedBefore
            ? cutOff
            : null;
}
