using System.Globalization;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Clients;

/// <summary>How many live tokens clients have, as the ledger counts them.</summary>
public sealed class ClientTokens(TokenDirectory tokens)
{
    /// <summary>The numbers as words by client id: "12", "10,000+".</summary>
    public async Task<IReadOnlyDictionary<string, string>> CountLiveAsync(
        IReadOnlyCollection<string> clientIds, CancellationToken cancellationToken)
    {
        Dictionary<string, string> counts = new(StringComparer.Ordinal);
        foreach (var id in clientIds)
        {
            counts[id] = await CountLiveAsync(id, cancellationToken);
        }

        return counts;
    }

    public async Task<string> CountLiveAsync(string clientId, CancellationToken cancellationToken)
    {
        var page = await tokens.ListAsync(new LedgerFilter { Client = clientId, Status = TokenStatus.Live }, null, 1, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{page.Total:N0}{(page.TotalIsCapped ? "+" : "")}");
    }
}
