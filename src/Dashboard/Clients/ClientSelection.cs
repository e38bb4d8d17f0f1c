using Dashboard.Core.Clients;

namespace Dashboard.Clients;

/// <summary>Which clients are selected; they may lie on several pages of the list.</summary>
public sealed class ClientSelection
{
    private readonly Dictionary<string, Client> _clients = new(StringComparer.Ordinal);

    public int Count => _clients.Count;

    public IReadOnlyList<Client> Clients => [.. _clients.Values];

    public bool Contains(Client client) => _clients.ContainsKey(client.Id);

    public void Set(Client client, bool isSelected)
    {
        if (isSelected)
        {
            _clients[client.Id] = client;
        }
        else
        {
            _clients.Remove(client.Id);
        }
    }

    public void Clear() => _clients.Clear();

    /// <summary>Takes clients out that are dealt with.</summary>
    public void Remove(IEnumerable<Client> clients)
    {
        foreach (var client in clients)
        {
            _clients.Remove(client.Id);
        }
    }

    /// <summary>Takes in what is newly known of rows; one that has ended leaves the selection.</summary>
    public void Refresh(IEnumerable<Client> rows)
    {
        foreach (var row in rows.Where(Contains))
        {
            Set(row, row.Ended is null);
        }
    }
}
