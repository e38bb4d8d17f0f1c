using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Dashboard.Bearer.Revocations;

/// <summary>
/// All that Signet said is revoked and can still matter, and who may not act for now. The former only grows by news: a restart
/// of Signet takes nothing away.
/// </summary>
internal sealed class RevokedTokens(TimeProvider clock)
{
    // Long past any skew, and past a clock that is set back.
    private static readonly TimeSpan Remembrance = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, long> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Scope, string Value), long> _cutOffs = new();

    // Those kinds that there are any of: the others cost no hash.
    private readonly ConcurrentDictionary<string, bool> _kinds = new(StringComparer.Ordinal);
    private volatile FrozenSet<string> _keys = FrozenSet<string>.Empty;
    private volatile FrozenDictionary<(string Scope, string Value), long> _suspended =
        FrozenDictionary<(string Scope, string Value), long>.Empty;

    /// <summary>How many single tokens are remembered.</summary>
    public int Count => _tokens.Count;

    public void Add(RevocationPage page)
    {
        foreach (var token in page.Tokens)
        {
            _tokens[token.Jti] = token.Exp ?? long.MaxValue;
        }

        foreach (var cutOff in page.CutOffs)
        {
            _cutOffs.AddOrUpdate(
                (cutOff.Scope, cutOff.Value ?? ""), cutOff.IssuedBefore, (_, known) => Math.Max(known, cutOff.IssuedBefore));
            _kinds[cutOff.Scope] = true;
        }

        // A key that was revoked never comes back.
        if (page.RevokedKeys.Any(key => !_keys.Contains(key)))
        {
            _keys = _keys.Union(page.RevokedKeys, StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);
        }

        // All of them each time: who was let in again is not among them.
        if (page.Suspended is { } suspended)
        {
            _suspended = suspended.ToFrozenDictionary(entry => (entry.Scope, entry.Value), entry => entry.From ?? long.MinValue);
        }
    }

    /// <summary>
    /// True where a token is revoked by itself or by a rule. Tokens say to the second when they were issued: one of the very
    /// second of a rule is covered.
    /// </summary>
    public bool Covers(JsonWebToken token)
    {
        if (_tokens.ContainsKey(token.Id) || (token.Kid is { } key && _keys.Contains(key)))
        {
            return true;
        }

        if (_kinds.IsEmpty)
        {
            return false;
        }

        // Renewing does not save what was granted before: whoever it was given to is cut off, and the token is younger.
        var issuedAt = SecondsOf(token, "iat") ?? 0;
        var begunAt = SecondsOf(token, "granted_at") ?? issuedAt;
        return IsCutOff("all", "", begunAt)
            || IsCutOff("subject", token.Subject, begunAt)
            || IsCutOff("client", TextOf(token, "client_id"), begunAt)
            || IsCutOff("key", token.Kid, issuedAt)
            || IsCutOff("session", TextOf(token, "sid"), issuedAt)
            || IsCutOff("family", TextOf(token, "grant_id"), issuedAt);
    }

    /// <summary>True where its client, or whoever it speaks for, may not act for now.</summary>
    public bool IsSuspended(JsonWebToken token) =>
        _suspended is { Count: > 0 } suspended
        && (IsIn(suspended, "client", TextOf(token, "client_id"))
            || IsIn(suspended, "subject", token.Subject)
            || IsIn(suspended, "person", token.Subject.ToUpperInvariant()));

    /// <summary>Forgets tokens that expired long ago: the clock refuses them now.</summary>
    public void ForgetExpired()
    {
        var limit = (clock.GetUtcNow() - Remembrance).ToUnixTimeSeconds();
        foreach (var (id, expiresAt) in _tokens)
        {
            if (expiresAt < limit)
            {
                _tokens.TryRemove(id, out _);
            }
        }
    }

    private bool IsCutOff(string scope, string? value, long seconds) =>
        value is not null
        && _kinds.ContainsKey(scope)
        && _cutOffs.TryGetValue((scope, scope is "all" ? "" : HashOf(scope, value)), out var issuedBefore)
        && seconds * 1000 <= issuedBefore;

    private bool IsIn(FrozenDictionary<(string Scope, string Value), long> suspended, string scope, string? value) =>
        value is not null
        && suspended.TryGetValue((scope, HashOf(scope, value)), out var from)
        && from <= clock.GetUtcNow().ToUnixTimeMilliseconds();

    // What Signet sends for a value, so that it gives no names away.
    private static string HashOf(string scope, string value) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}:{value}")));

    private static string? TextOf(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var text) ? text : null;

    private static long? SecondsOf(JsonWebToken token, string name) => token.TryGetPayloadValue<long>(name, out var seconds) ? seconds : null;
}
