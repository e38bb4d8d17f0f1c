using Dashboard.Core.Tokens.Ledger;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Tokens;

/// <summary>One page of the ledger as rows. The parent loads, selects and revokes.</summary>
public sealed partial class TokenGrid
{
    [Parameter, EditorRequired]
    public IReadOnlyList<LedgerEntry> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public Func<LedgerEntry, TokenStatus> StatusOf { get; set; } = null!;

    /// <summary>The tokens whose rows a live update changed: they fade once.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<string> Changed { get; set; } = null!;

    [Parameter, EditorRequired]
    public TokenSelection Selection { get; set; } = null!;

    [Parameter]
    public bool CanSelect { get; set; }

    [Parameter]
    public bool CanRevoke { get; set; }

    [Parameter]
    public bool IsLoading { get; set; }

    [Parameter]
    public EventCallback OnSelectionChange { get; set; }

    [Parameter]
    public EventCallback<LedgerEntry> OnRevoke { get; set; }

    private List<LedgerEntry> Selectable => [.. Rows.Where(IsLive)];

    private bool AreAllSelected => Selectable is { Count: > 0 } live && live.All(Selection.Contains);

    private bool IsLive(LedgerEntry entry) => StatusOf(entry) is TokenStatus.Live;

    private void Mark(RowRenderEventArgs<LedgerEntry> row)
    {
        if (row.Data is { } entry && Changed.Contains(entry.TokenId))
        {
            // Replaces the library's own class, so it is said again.
            row.Attributes["class"] = "rz-data-row changed";
        }
    }

    private Task SelectAsync(LedgerEntry entry, bool isSelected)
    {
        KeepPageOfEverything();
        Selection.Set(entry, isSelected);
        return OnSelectionChange.InvokeAsync();
    }

    private Task SelectPageAsync(bool isSelected)
    {
        foreach (var entry in Selectable)
        {
            Selection.Set(entry, isSelected);
        }

        return OnSelectionChange.InvokeAsync();
    }

    // Taking one row out of "everything" leaves what can be seen: nobody can take a row out of rows they do not see.
    private void KeepPageOfEverything()
    {
        if (Selection.IsEverything)
        {
            foreach (var entry in Selectable)
            {
                Selection.Set(entry, true);
            }
        }
    }
}
