using Dashboard.Core.Clients;

namespace Dashboard.Core.Posture.Checks;

/// <summary>A rule about each client by itself.</summary>
internal abstract class ClientCheck : IPostureCheck
{
    public abstract PostureRule Rule { get; }

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        List<PostureObject> found =
        [
            .. from client in scan.Clients
               where client.State is not ClientState.Disabled
               let fault = FaultOf(client, scan.Now)
               where fault is not null
               select new PostureObject(PostureObjectKind.Client, client.Id, client.Name, fault),
        ];
        return Task.FromResult(new PostureOffences(found, IsCapped: scan.HasMoreClients));
    }

    /// <summary>What is wrong with a client, in a few words; null where nothing is. Disabled ones are not asked about.</summary>
    protected abstract string? FaultOf(Client client, DateTimeOffset now);

    /// <summary>A number of days, for people.</summary>
    protected static string Days(TimeSpan span) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalDays):N0} days");
}
