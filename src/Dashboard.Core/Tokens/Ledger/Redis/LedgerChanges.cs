using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Keys and arguments of <see cref="LedgerScripts.ChangeLedger"/>: the last ones of a script that changes something else.</summary>
internal sealed class LedgerChanges(RedisKeys keys)
{
    private readonly LedgerIndexes _indexes = new(keys);

    public (RedisKey[] Keys, RedisValue[] Arguments) Of(LedgerChange change)
    {
        if (change is { Added: null, EndedId: null })
        {
            return ([], []);
        }

        var (added, arguments) = change.Added is { } row ? _indexes.ToAdd(row, LedgerRow.Write(row)) : ([], []);
        return (
            [
                // No token has the empty id: where nothing ends, nothing is there.
                keys.Token(change.EndedId ?? ""), keys.TokensByExpiry, keys.LiveTokensByExpiry, keys.RevokedTokensByExpiry,
                .. added,
            ],
            [change.At.ToUnixTimeMilliseconds(), .. arguments]);
    }
}
