namespace Dashboard.Core.Storage.Migration;

/// <summary>
/// A row in the form that all stores share: columns with the names they have in SQLite, and values that are a
/// <see cref="long"/>, a <see cref="string"/> or bytes. A column that is null is not there.
/// </summary>
internal sealed class StoreRow
{
    private readonly (string Name, object Value)[] _columns;

    /// <summary>Takes columns in any order; those without a value are left out.</summary>
    public StoreRow(IEnumerable<(string Name, object? Value)> columns)
    {
        _columns = [.. columns.Where(column => column.Value is not null)!];
        Array.Sort(_columns, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<(string Name, object Value)> Columns => _columns;

    /// <summary>Null where the column is not there.</summary>
    public object? this[string name] => Array.Find(_columns, column => column.Name == name).Value;

    /// <summary>The same row with another value in some columns; null takes a column away.</summary>
    public StoreRow With(params IReadOnlyList<(string Name, object? Value)> columns) => new(
    [
        .. _columns.Where(column => columns.All(changed => changed.Name != column.Name)).Select(column => (column.Name, (object?)column.Value)),
        .. columns,
    ]);

    /// <summary>The same row with some columns as another row has them.</summary>
    public StoreRow Like(StoreRow other, params string[] columns) => With([.. columns.Select(column => (column, other[column]))]);

    /// <summary>The number in a column that every row has.</summary>
    public long Number(string name) => FindNumber(name) ?? throw Missing(name);

    /// <summary>Null where the column is not there.</summary>
    public long? FindNumber(string name) => (long?)this[name];

    /// <summary>The text in a column that every row has.</summary>
    public string Text(string name) => FindText(name) ?? throw Missing(name);

    /// <summary>Null where the column is not there.</summary>
    public string? FindText(string name) => (string?)this[name];

    /// <summary>The bytes in a column that every row has.</summary>
    public byte[] Bytes(string name) => FindBytes(name) ?? throw Missing(name);

    /// <summary>Null where the column is not there.</summary>
    public byte[]? FindBytes(string name) => (byte[]?)this[name];

    private static InvalidDataException Missing(string name) => new($"A row lacks its {name}.");
}
