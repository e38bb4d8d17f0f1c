using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Live.Sqlite;

/// <summary>
/// Tells this process that a command of another one changed the file. What it changed is not told, so everybody who shows or
/// remembers anything reads it again.
/// </summary>
internal sealed class SqliteChangeWatch(
    SqliteDatabase database, IChangeFeed feed, TimeProvider clock, ILogger<SqliteChangeWatch> logger) : BackgroundService, IChangeWatch
{
    /// <summary>How long a change made elsewhere can go unnoticed. Looking costs no write and no read of the disk.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Where nodes share a store they tell each other.
        while (!feed.IsShared)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            if (await WasChangedAsync(stoppingToken))
            {
                TellEverything();
            }
        }
    }

    private async Task<bool> WasChangedAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await database.WasChangedElsewhereAsync(stoppingToken);
        }
        catch (StoreUnavailableException)
        {
            // Health says so. What changed meanwhile is still seen by the next look.
            return false;
        }
    }

    private void TellEverything()
    {
        logger.ChangedElsewhere();
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            feed.Publish(new Change(kind, null, IsFromElsewhere: true));
        }
    }
}
