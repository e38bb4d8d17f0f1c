using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Tokens;

/// <summary>Which rows are selected: some, which may lie on several pages, or everything that the filter covers.</summary>
public sealed class TokenSelection
{
    private readonly Dictionary<string, LedgerEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>True where everything that the filter covers is meant, seen or not.</summary>
    public bool IsEverything { get; private set; }

    public int Count => _entries.Count;

    public bool IsEmpty => _entries.Count == 0 && !IsEverything;

    public IReadOnlyList<LedgerEntry> Entries => [.. _entries.Values];

    public bool Contains(LedgerEntry entry) => IsEverything || _entries.ContainsKey(entry.TokenId);

    /// <summary>Selects a row or takes it back; after "everything" only what is on the page stays selected.</summary>
    public void Set(LedgerEntry entry, bool isSelected)
    {
        IsEverything = false;
        if (isSelected)
        {
            _entries[entry.TokenId] = entry;
        }
        else
        {
            _entries.Remove(entry.TokenId);
        }
    }

    public void SelectEverything() => IsEverything = true;

    public void Clear()
    {
        IsEverything = false;
        _entries.Clear();
    }

    /// <summary>Takes in what is newly known of rows; one that can no longer be revoked leaves the selection.</summary>
    public void Refresh(IEnumerable<LedgerEntry> rows, Func<LedgerEntry, bool> isLive)
    {
        foreach (var row in rows.Where(row => _entries.ContainsKey(row.TokenId)))
        {
            if (isLive(row))
            {
                _entries[row.TokenId] = row;
            }
            else
            {
                _entries.Remove(row.TokenId);
            }
        }
    }
}
