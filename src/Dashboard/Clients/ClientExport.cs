using System.Runtime.CompilerServices;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;

namespace Dashboard.Clients;

/// <summary>Clients as a file.</summary>
internal static class ClientExport
{
    private const string Columns =
        "client_id,client_name,status,type,origin,created_by,created_at,expires_at,last_used_at,verified,"
        + "token_endpoint_auth_method,grant_types,redirect_uris,scope,secrets";

    /// <summary>Every client that a filter covers, newest first.</summary>
    public static Export<ClientJson> Of(ClientDirectory clients, ClientFilter filter, ExportFormat format, TimeProvider clock) =>
        new("clients", ReadAsync(clients, filter, clock, CancellationToken.None), format, Columns, LineOf);

    private static async IAsyncEnumerable<ClientJson> ReadAsync(
        ClientDirectory clients, ClientFilter filter, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await clients.ListAsync(filter, cursor, PageLimit.Largest, cancellationToken);
            foreach (var client in page.Items)
            {
                yield return ClientJson.Of(client, clock.GetUtcNow());
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private static string LineOf(ClientJson row) => Csv.Line(
        row.ClientId, row.ClientName, row.Status, row.Type, row.Origin, row.CreatedBy, Csv.Iso(row.CreatedAt),
        Csv.Iso(row.ExpiresAt), Csv.Iso(row.LastUsedAt), row.Verified ? "true" : "false", row.TokenEndpointAuthMethod,
        string.Join(' ', row.GrantTypes), string.Join(' ', row.RedirectUris), row.Scope,
        string.Join(' ', row.Secrets.Select(secret => secret.Prefix)));
}
