using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands;

/// <summary>A line every few seconds, so that a long run is seen to go on.</summary>
internal sealed class MigrateProgress(TextWriter writer, TimeProvider clock) : IProgress<MigrationProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long _last = clock.GetTimestamp();

    public void Report(MigrationProgress value)
    {
        lock (_gate)
        {
            if (clock.GetElapsedTime(_last) < Pause)
            {
                return;
            }

            _last = clock.GetTimestamp();
            writer.WriteLine($"{(value.IsVerifying ? "Comparing" : "Copying")} {value.Table}: {value.Done:N0} of {value.Total:N0} rows");
        }
    }
}
