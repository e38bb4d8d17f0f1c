using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>A row's member of one index.</summary>
internal readonly record struct LedgerIndex(RedisKey Key, RedisValue Member, long Score = 0);

/// <summary>A value that people search for by its beginning, and the index of its tokens: it goes with the last of them.</summary>
internal readonly record struct LedgerValue(RedisKey Values, RedisValue Value, RedisKey Tokens);

/// <summary>Which indexes a row is in: the one list that adding, revoking and purging share.</summary>
internal sealed class LedgerIndexes(RedisKeys keys)
{
    /// <summary>Where the script that revokes moves a row from (three) and to (three). The script counts on this order.</summary>
    public RedisKey[] OfStatus { get; } =
    [
        keys.LiveTokens, keys.LiveTokensByExpiry, keys.ExpiredTokens,
        keys.RevokedTokens, keys.TokensByRevocation, keys.RevokedTokensByExpiry,
    ];

    /// <summary>Subject and client, each behind a mark that neither can hold.</summary>
    public static string NamesOf(LedgerEntry row) => $"\0{row.Subject}\0{row.Client}";

    /// <summary>Keys and arguments of the script that adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fields">Its names and values in turn.</param>
    public (RedisKey[] Keys, RedisValue[] Arguments) ToAdd(LedgerEntry row, IReadOnlyList<RedisValue> fields)
    {
        LedgerIndex[] indexes = [.. Lasting(row), .. Status(row), .. Values(row)];
        return (
            [keys.Token(row.TokenId), keys.TokenNames, .. indexes.Select(index => index.Key)],
            [
                fields.Count, .. fields, LedgerPlace.Of(row).Text, NamesOf(row),
                .. indexes.SelectMany(index => new[] { index.Member, index.Score }),
            ]);
    }

    /// <summary>Everything that a row can be in, whatever became of it since it was read.</summary>
    public IEnumerable<LedgerIndex> OfAny(LedgerEntry row)
    {
        var place = LedgerPlace.Of(row).Text;
        return [.. Lasting(row), .. OfStatus.Append(keys.UnpresentedTokens).Select(key => new LedgerIndex(key, place))];
    }

    /// <summary>What may have lost its last token with a row.</summary>
    public IEnumerable<LedgerValue> ValuesOf(LedgerEntry row)
    {
        yield return new(keys.Subjects, row.Subject, keys.TokensOfSubject(row.Subject));
        if (row.KeyId is not "")
        {
            yield return new(keys.KeyExpiries, row.KeyId, keys.TokensOfKey(row.KeyId));
        }

        if (row.Client is { } client)
        {
            yield return new(keys.Clients, client, keys.TokensOfClient(client));
        }
    }

    private IEnumerable<LedgerIndex> Lasting(LedgerEntry row)
    {
        var place = LedgerPlace.Of(row);
        yield return new(keys.Tokens, place.Text);
        yield return new(keys.TokenIds, place.IdFirst);
        yield return new(keys.TokensByExpiry, place.Text, row.ExpiresAt.ToUnixTimeMilliseconds());
        yield return new(keys.TokensOfSubject(row.Subject), place.Text);
        yield return new(keys.TokensOfKind(row.Kind.Name), place.Text);
        if (row.Client is { } client)
        {
            yield return new(keys.TokensOfClient(client), place.Text);
        }

        // What is not signed belongs to no key.
        if (row.KeyId is not "")
        {
            yield return new(keys.TokensOfKey(row.KeyId), place.Text);
        }

        if (row.Session is { } session)
        {
            yield return new(keys.TokensOfSession(session), place.Text);
        }

        if (row.Family is { } family)
        {
            yield return new(keys.TokensOfFamily(family), place.Text);
        }

        foreach (var scope in row.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            yield return new(keys.TokensOfScope(scope), place.Text);
        }
    }

    private IEnumerable<LedgerIndex> Status(LedgerEntry row)
    {
        var place = LedgerPlace.Of(row).Text;
        var expiry = row.ExpiresAt.ToUnixTimeMilliseconds();
        IEnumerable<LedgerIndex> presented = row.Presented is null ? [new(keys.UnpresentedTokens, place)] : [];
        return row.Revoked is { } revoked
            ?
            [
                new(keys.RevokedTokens, place),
                new(keys.TokensByRevocation, place, revoked.At.ToUnixTimeMilliseconds()),
                new(keys.RevokedTokensByExpiry, place, expiry),
                .. presented,
            ]
            : [new(keys.LiveTokens, place), new(keys.LiveTokensByExpiry, place, expiry), .. presented];
    }

    private IEnumerable<LedgerIndex> Values(LedgerEntry row) => ValuesOf(row).Select(value => new LedgerIndex(
        value.Values, value.Value, value.Values == keys.KeyExpiries ? row.ExpiresAt.ToUnixTimeMilliseconds() : 0));
}
