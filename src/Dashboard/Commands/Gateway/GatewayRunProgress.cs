using Dashboard.Core.Gateway;

namespace Dashboard.Commands.Gateway;

/// <summary>How far reading from a gateway, and writing for one, has come; of what cannot be counted before, how much is done.</summary>
internal sealed class GatewayRunProgress(CommandProgress progress) : IProgress<GatewayProgress>
{
    public void Report(GatewayProgress value) => progress.Say(
        $"{value.Sort}: {CommandText.Number(value.Done)}" + (value.Done == value.Total ? "" : $" of {CommandText.Number(value.Total)}"));
}
