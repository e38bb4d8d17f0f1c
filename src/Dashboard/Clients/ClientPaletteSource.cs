using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Hosting;

namespace Dashboard.Clients;

/// <summary>Finds clients by the beginning of their name or id.</summary>
internal sealed class ClientPaletteSource(ClientDirectory clients, CurrentOperator current, TimeProvider clock) : IPaletteSource
{
    private const int Most = 5;
    private const int LongestText = 200;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken) =>
        text.Length is 0 or > LongestText || !await current.MayAsync(Right.ReadClients)
            ? []
            : [.. (await clients.ListAsync(new ClientFilter { Search = text }, null, Most, cancellationToken)).Items.Select(ItemOf)];

    private PaletteItem ItemOf(Client client) => new(
        client.Name,
        $"{ClientWords.TitleOfType(client.IsPublic)} · {ClientWords.TitleOf(client.StandingAt(clock.GetUtcNow()))}",
        ClientsAddress.OfClient(client.Id),
        "Clients");
}
