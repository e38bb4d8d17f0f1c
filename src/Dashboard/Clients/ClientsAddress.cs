using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Clients;

/// <summary>What the clients page's address says: the filter, and which page of it.</summary>
/// <param name="Query">What is listed.</param>
/// <param name="Position">Which page of it.</param>
internal sealed record ClientsAddress(ClientQuery Query, ListPosition Position)
{
    public const string Path = "/clients";

    public const string New = $"{Path}/new";

    public const string Registration = $"{Path}/registration";

    /// <summary>The page without a filter.</summary>
    public static readonly ClientsAddress Everything = new(new ClientQuery(), ListPosition.First);

    public static ClientsAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = ClientQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new ClientsAddress(query, ListPosition.Read(values));
    }

    /// <summary>The query of a filter with its question mark; empty where nothing is filtered.</summary>
    public static string QueryOf(ClientQuery query) => QueryHelpers.AddQueryString("", query.Write());

    /// <summary>The first page of a filter.</summary>
    public static string Of(ClientQuery query) => Path + QueryOf(query);

    public static string OfClient(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    public static string OfEdit(string id) => $"{OfClient(id)}/edit";

    /// <summary>The tokens of a client.</summary>
    public static string OfTokens(string id, string? status = null) => QueryHelpers.AddQueryString(
        "/tokens",
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["client"] = id, ["status"] = status }.Where(pair => pair.Value is not null));

    public override string ToString() => Position.AddTo(Of(Query));
}
