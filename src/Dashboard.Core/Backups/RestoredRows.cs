using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What becomes of the rows of a backup on their way into a store.</summary>
internal sealed class RestoredRows(
    IEnumerable<EndedByRestore> ended, CarriedRows carried, SealedValues values, MasterKey masterKey, RestoreTerms terms)
{
    private readonly ILookup<string, EndedByRestore> _ended = ended.ToLookup(rule => rule.Table, StringComparer.Ordinal);

    /// <summary>A row of the backup as it is written; null where it is not.</summary>
    public StoreRow? Of(string table, StoreRow row) => carried.Merge(table, row) is { } merged ? Form(table, merged) : null;

    /// <summary>Rows that the backup does not have, behind its own.</summary>
    public IEnumerable<StoreRow> NewOf(string table) => carried.NewOf(table).Select(row => Form(table, row));

    /// <summary>The row as it is compared: sealing the same twice gives different bytes.</summary>
    public StoreRow Compared(string table, StoreRow row) => values.Unsealed(table, row);

    private StoreRow Form(string table, StoreRow row)
    {
        foreach (var rule in terms.KeepsTokens ? [] : _ended[table])
        {
            row = rule.End(row, terms.At);
        }

        return values.SealBy(masterKey, table, row);
    }
}
