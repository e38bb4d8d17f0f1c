using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What becomes of the rows of a backup on their way into a store.</summary>
internal sealed class RestoredRows(
    IEnumerable<EndedByRestore> ended, SealedValues values, MasterKey masterKey, RestoreTerms terms)
{
    private readonly ILookup<string, EndedByRestore> _ended = ended.ToLookup(rule => rule.Table, StringComparer.Ordinal);

    /// <summary>The row as it is written.</summary>
    public StoreRow Of(string table, StoreRow row)
    {
        foreach (var rule in terms.KeepsTokens ? [] : _ended[table])
        {
            row = rule.End(row, terms.At);
        }

        return values.SealBy(masterKey, table, row);
    }

    /// <summary>The row as it is compared: sealing the same twice gives different bytes.</summary>
    public StoreRow Compared(string table, StoreRow row) => values.Unsealed(table, row);
}
