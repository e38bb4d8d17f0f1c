using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>One member of a filter.</summary>
/// <param name="Way">The index of what it covers; null where there is none.</param>
/// <param name="OnWay">What is to be tested of places on that index.</param>
/// <param name="Elsewhere">What is to be tested of other places.</param>
internal sealed record LedgerCondition(RedisKey? Way, LedgerTest[] OnWay, LedgerTest[] Elsewhere)
{
    /// <summary>Covers exactly what is in an index.</summary>
    public static LedgerCondition In(RedisKey index) => new(index, [], [new LedgerTest(index)]);

    /// <summary>No index in the order of issuing answers it.</summary>
    public static LedgerCondition Tested(params LedgerTest[] tests) => new(null, tests, tests);
}

/// <summary>Turns a filter into conditions, all but the beginning of a text and the range of issuing.</summary>
internal sealed class LedgerConditions(RedisKeys keys, LedgerFilter filter, DateTimeOffset now, bool isStatusExact)
{
    public IReadOnlyList<LedgerCondition> All { get; } =
    [
        .. In(filter.Session, keys.TokensOfSession),
        .. In(filter.Family, keys.TokensOfFamily),
        .. In(filter.Subject, keys.TokensOfSubject),
        .. In(filter.Client, keys.TokensOfClient),
        .. In(filter.KeyId, keys.TokensOfKey),
        .. In(filter.Scope, keys.TokensOfScope),
        .. In(filter.Kind?.Name, keys.TokensOfKind),
        .. filter.NeverPresented ? [LedgerCondition.In(keys.UnpresentedTokens)] : Array.Empty<LedgerCondition>(),
        .. OfExpiry(keys, filter),
        .. OfRevocation(keys, filter),
        .. OfStatus(keys, filter.Status, now.ToUnixTimeMilliseconds(), isStatusExact),
    ];

    private static IEnumerable<LedgerCondition> In(string? value, Func<string, RedisKey> index) =>
        value is null ? [] : [LedgerCondition.In(index(value))];

    private static IEnumerable<LedgerCondition> OfExpiry(RedisKeys keys, LedgerFilter filter) =>
        filter is { ExpiresFrom: null, ExpiresTo: null }
            ? []
            :
            [
                LedgerCondition.Tested(new LedgerTest(
                    keys.TokensByExpiry,
                    filter.ExpiresFrom?.ToUnixTimeMilliseconds() ?? 0,
                    filter.ExpiresTo?.ToUnixTimeMilliseconds() - 1 ?? long.MaxValue)),
            ];

    private static IEnumerable<LedgerCondition> OfRevocation(RedisKeys keys, LedgerFilter filter)
    {
        if (filter.RevokedFrom is { } from)
        {
            LedgerTest[] since = [new(keys.TokensByRevocation, from.ToUnixTimeMilliseconds())];
            yield return new LedgerCondition(keys.RevokedTokens, since, since);
        }
    }

    // Where the indexes of what is live and what is expired are not those of this moment, they are not used.
    private static IEnumerable<LedgerCondition> OfStatus(RedisKeys keys, TokenStatus? status, long now, bool isExact)
    {
        var unrevoked = new LedgerTest(keys.RevokedTokens, IsThere: false);
        switch (status)
        {
            case TokenStatus.Revoked:
                yield return LedgerCondition.In(keys.RevokedTokens);
                break;
            case TokenStatus.Live when isExact:
                yield return LedgerCondition.In(keys.LiveTokens);
                break;
            case TokenStatus.Expired when isExact:
                yield return LedgerCondition.In(keys.ExpiredTokens);
                break;
            case TokenStatus.Live:
                yield return LedgerCondition.Tested(unrevoked, new LedgerTest(keys.TokensByExpiry, From: now + 1));
                break;
            case TokenStatus.Expired:
                yield return LedgerCondition.Tested(unrevoked, new LedgerTest(keys.TokensByExpiry, To: now));
                break;
        }
    }
}
