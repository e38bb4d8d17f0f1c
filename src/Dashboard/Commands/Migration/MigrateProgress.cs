using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands.Migration;

internal sealed class MigrateProgress(CommandProgress progress) : IProgress<MigrationProgress>
{
    public void Report(MigrationProgress value) => progress.Say(
        $"{(value.IsVerifying ? "Comparing" : "Copying")} {value.Table}: {CommandText.Number(value.Done)} of {CommandText.Number(value.Total)} rows");
}
