using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Dashboard.Core.Events;
using Dashboard.Core.Storage.Status;
using Dashboard.Hosting.Settings;

namespace Dashboard.Settings;

/// <summary>Tells of this node and of the store that it works on.</summary>
public sealed class NodeReader(DeploymentStatus deployment, EventLog events, IEnumerable<NodeFact> facts)
{
    /// <summary>As things are now.</summary>
    /// <exception cref="Core.Primitives.StoreUnavailableException">The store cannot be read.</exception>
    public async Task<NodeReport> ReadAsync(CancellationToken cancellationToken) =>
        new(await deployment.ReadAsync(cancellationToken), StartedAt, Facts());

    private static DateTimeOffset StartedAt
    {
        get
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return new DateTimeOffset(process.StartTime).ToUniversalTime();
        }
    }

    private IReadOnlyList<StoreFact> Facts() =>
    [
        new("version", "Signet", VersionText),
        new("runtime", "Runtime", RuntimeInformation.FrameworkDescription),
        new("system", "System", RuntimeInformation.OSDescription),
        new("machine", "Machine", Environment.MachineName),
        new("processors", "Processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        new("memory", "Memory of the process", ByteText.Of(Environment.WorkingSet)),
        new("events_waiting", "Events waiting", events.Waiting.ToString("N0", CultureInfo.InvariantCulture)),
        new("events_dropped", "Events lost", events.Dropped.ToString("N0", CultureInfo.InvariantCulture)),
        .. facts.Select(fact => new StoreFact(fact.Name, fact.Label, fact.Read())),
    ];

    private static string VersionText =>
        typeof(NodeReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <summary>This node and its store.</summary>
/// <param name="Deployment">The store, and who leads.</param>
/// <param name="StartedAt">Since when this node runs.</param>
/// <param name="Facts">More about this node, in the order in which it is told.</param>
public sealed record NodeReport(DeploymentFacts Deployment, DateTimeOffset StartedAt, IReadOnlyList<StoreFact> Facts);
