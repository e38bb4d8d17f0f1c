using Dashboard.Core.Clients;
using Dashboard.Hosting.Clients;

namespace Dashboard.Commands.Clients;

/// <summary><c>clients list</c> and <c>clients show</c>.</summary>
internal sealed class ClientReading(CommandRun run, IServiceProvider services)
{
    private readonly ClientDirectory _clients = services.GetRequiredService<ClientDirectory>();
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    public Task<int> ListAsync(FilterOptions filter, CancellationToken cancellationToken)
    {
        var query = ClientQuery.Read(name => filter.Find(run.Parsed, name), out var faults);
        return faults is not []
            ? Task.FromResult(FilterOptions.Refuse(run, faults))
            : run.ListAsync(
                (cursor, limit) => _clients.ListAsync(query.ToFilter(), cursor, limit, cancellationToken),
                client => ClientJson.Of(client, _clock.GetUtcNow()),
                new CommandTable("CLIENT", "NAME", "STATUS", "TYPE", "ORIGIN", "EXPIRES", "LAST USED"),
                (table, client) => table.Add(
                    client.ClientId,
                    client.ClientName,
                    client.Status,
                    client.Type,
                    client.Origin,
                    CommandText.Time(client.ExpiresAt),
                    CommandText.Time(client.LastUsedAt)));
    }

    public async Task<int> ShowAsync(string id, CancellationToken cancellationToken) =>
        await _clients.ReadAsync(id, cancellationToken) is { } client
            ? ClientAnswers.Show(run, ClientJson.Of(client, _clock.GetUtcNow()))
            : ClientAnswers.Refuse(run, new ClientUpdate.Unknown());
}
