using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Agents;

/// <summary>One agent for the tests that only ask it, beside the Signet of all tests.</summary>
public sealed class SharedAgent(SharedSignet signet) : IAsyncLifetime
{
    internal AgentProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Process = await AgentProcess.StartAsync(signet.Process.Address, signet.Administrator, ("Signet__ReportInterval", "00:00:00.2"));

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
