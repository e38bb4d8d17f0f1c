using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Keeps the indexes of live and of expired tokens true to time: whoever asks moves on what has expired since.</summary>
internal sealed class LedgerExpiry(RedisDatabase database)
{
    private const int BatchSize = 500;
    private const int MostBatches = 10;

    /// <summary>
    /// Moves what expired until <paramref name="now"/>, up to some batches. True where both indexes are then those of that
    /// time: not where more is left, and not for a clock behind that of another node.
    /// </summary>
    public async Task<bool> MoveAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var time = now.ToUnixTimeMilliseconds();
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var answer = (long[])await database.EvaluateAsync(
                LedgerScripts.Expire,
                [keys.LiveTokens, keys.LiveTokensByExpiry, keys.ExpiredTokens, keys.LatestExpired],
                [time, BatchSize],
                cancellationToken);
            if (answer is [var moved, var latest] && moved < BatchSize)
            {
                return latest <= time;
            }
        }

        return false;
    }
}
