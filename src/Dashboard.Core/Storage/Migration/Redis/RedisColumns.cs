using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>
/// Rows that Redis keeps as a hash with a field for each column. Redis knows only bytes: which of them are numbers and which are
/// not text must be told.
/// </summary>
/// <param name="numbers">Columns that hold numbers.</param>
/// <param name="bytes">Columns that hold bytes.</param>
internal sealed class RedisColumns(string[] numbers, string[]? bytes = null)
{
    /// <summary>Null where there is no such hash.</summary>
    public StoreRow? Read(HashEntry[] fields) => fields is [] ? null : new StoreRow(fields.Select(field => Read(field)));

    /// <summary>Names and values in turn, of all columns but some.</summary>
    public static IEnumerable<RedisValue> Write(StoreRow row, params string[] without) => row.Columns
        .Where(column => !without.Contains(column.Name))
        .SelectMany(column => new RedisValue[] { column.Name, Write(column.Value) });

    /// <summary>A value of a row as Redis takes it.</summary>
    public static RedisValue Write(object? value) => value switch
    {
        null => RedisValue.Null,
        long number => number,
        byte[] bytes => bytes,
        _ => (string)value,
    };

    private (string Name, object? Value) Read(HashEntry field)
    {
        var name = field.Name.ToString();
        return (name, numbers.Contains(name) ? (long)field.Value
            : bytes?.Contains(name) is true ? (byte[])field.Value!
            : field.Value.ToString());
    }
}
