using Dashboard.Controls;
using Dashboard.Core.Clients;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Clients;

/// <summary>One page of clients as rows. The parent loads, selects and acts.</summary>
public sealed partial class ClientGrid(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Client> Rows { get; set; } = [];

    /// <summary>Live tokens by client id, as words; one that is missing is still being counted.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, string> LiveTokens { get; set; } = null!;

    /// <summary>The clients whose rows a live update changed: they fade once.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<string> Changed { get; set; } = null!;

    [Parameter, EditorRequired]
    public ClientSelection Selection { get; set; } = null!;

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter]
    public bool IsLoading { get; set; }

    [Parameter]
    public EventCallback OnSelectionChange { get; set; }

    [Parameter]
    public EventCallback<(Client Client, ClientAct Act)> OnAct { get; set; }

    private List<Client> Selectable => [.. Rows.Where(row => row.Ended is null)];

    private bool AreAllSelected => Selectable is { Count: > 0 } rows && rows.All(Selection.Contains);

    private ClientStanding StandingOf(Client client) => client.StandingAt(clock.GetUtcNow());

    private static string NameOf(Client client) => VisibleText.Escape(client.Name);

    private void Mark(RowRenderEventArgs<Client> row)
    {
        if (row.Data is { } client && Changed.Contains(client.Id))
        {
            // Replaces the library's own class, so it is said again.
            row.Attributes["class"] = "rz-data-row changed";
        }
    }

    private Task SelectAsync(Client client, bool isSelected)
    {
        Selection.Set(client, isSelected);
        return OnSelectionChange.InvokeAsync();
    }

    private Task SelectPageAsync(bool isSelected)
    {
        foreach (var client in Selectable)
        {
            Selection.Set(client, isSelected);
        }

        return OnSelectionChange.InvokeAsync();
    }
}
