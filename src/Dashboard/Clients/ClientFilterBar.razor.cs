using Dashboard.Controls;
using Dashboard.Core.Clients;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients;

/// <summary>What is listed, and the views that keep it.</summary>
public sealed partial class ClientFilterBar
{
    private static readonly IReadOnlyList<(bool? Value, string Title)> Types =
        [(null, "All"), (false, "Confidential"), (true, "Public")];

    private static readonly IReadOnlyList<BuiltInView> BuiltIn =
    [
        ViewOf("Wait for approval", new ClientQuery(ClientStanding.Pending)),
        ViewOf("Registered themselves", new ClientQuery(Origin: ClientOrigin.SelfRegistered)),
        ViewOf("Expired", new ClientQuery(ClientStanding.Expired)),
        ViewOf("Ended: what is left of them", new ClientQuery(ClientStanding.Gone)),
    ];

    [Parameter, EditorRequired]
    public ClientQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<ClientQuery> OnChange { get; set; }

    private static BuiltInView ViewOf(string name, ClientQuery query) => new(name, () => ClientsAddress.QueryOf(query));

    private static T? Find<T>(IReadOnlyDictionary<string, T> choices, object? name)
        where T : struct => choices.TryGetValue(name as string ?? "", out var found) ? found : null;

    private Task SelectAsync(string query) =>
        OnChange.InvokeAsync(ClientsAddress.Read("http://localhost" + ClientsAddress.Path + query, out _).Query);

    private List<(string Name, string Value, ClientQuery Without)> Chips()
    {
        IEnumerable<(string Name, string? Value, ClientQuery Without)> all =
        [
            ("Starts with", Query.Text, Query with { Text = null }),
            ("Type", Query.IsPublic is { } isPublic ? ClientWords.TitleOfType(isPublic) : null, Query with { IsPublic = null }),
            ("Status", Query.Status is { } status ? ClientWords.TitleOf(status) : null, Query with { Status = null }),
            ("Origin", Query.Origin is { } origin ? ClientWords.TitleOf(origin) : null, Query with { Origin = null }),
        ];
        return [.. all.Where(chip => chip.Value is not null).Select(chip => (chip.Name, chip.Value!, chip.Without))];
    }
}
