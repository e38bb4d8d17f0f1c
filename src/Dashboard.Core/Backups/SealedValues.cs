using System.Security.Cryptography;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What the master key seals in rows, by the keys that are known.</summary>
internal sealed class SealedValues(IEnumerable<SealedColumn> columns, params IReadOnlyList<MasterKey> keys)
{
    private readonly ILookup<string, SealedColumn> _columns = columns.ToLookup(column => column.Table, StringComparer.Ordinal);

    /// <summary>False where a row holds a value that none of the keys opens.</summary>
    public bool Opens(string table, StoreRow row)
    {
        try
        {
            _ = Change(table, row, (_, secret) => secret);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The secret in a column.</summary>
    /// <exception cref="CryptographicException">None of the keys opens it.</exception>
    public byte[] Open(string table, string column, StoreRow row) =>
        Open(row.Bytes(column), _columns[table].Single(candidate => candidate.Column == column).PurposeOf(row));

    /// <summary>The row with everything sealed by one key, as it is where that did it already.</summary>
    /// <exception cref="CryptographicException">None of the keys opens a value.</exception>
    public StoreRow SealBy(MasterKey key, string table, StoreRow row) =>
        Change(table, row, (purpose, secret) => key.Seal(secret, purpose), keeps: key);

    /// <summary>
    /// The row with hashes in the place of sealed values: the same whichever key sealed them, and proof that they open.
    /// </summary>
    /// <exception cref="CryptographicException">None of the keys opens a value.</exception>
    public StoreRow Unsealed(string table, StoreRow row) => Change(table, row, (_, secret) => SHA256.HashData(secret));

    private StoreRow Change(string table, StoreRow row, Func<string, byte[], byte[]> change, MasterKey? keeps = null)
    {
        foreach (var column in _columns[table])
        {
            if (row.FindBytes(column.Column) is { } value && (keeps is null || MasterKey.IdOf(value) != keeps.Id))
            {
                var purpose = column.PurposeOf(row);
                row = row.With((column.Column, change(purpose, Open(value, purpose))));
            }
        }

        return row;
    }

    private byte[] Open(byte[] value, string purpose) =>
        keys.FirstOrDefault(key => key.Id == MasterKey.IdOf(value)) is { } key
            ? key.Open(value, purpose)
            : throw new CryptographicException("The value was sealed with another master key.");
}
