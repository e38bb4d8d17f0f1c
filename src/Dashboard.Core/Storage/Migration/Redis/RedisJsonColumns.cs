using System.Text.Json;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>Rows that Redis keeps as a JSON object with a member for each column.</summary>
/// <param name="bytes">Columns that hold bytes, in base64 here.</param>
/// <param name="flags">Columns that are true or false here, 1 or 0 in a table.</param>
internal sealed class RedisJsonColumns(string[]? bytes = null, string[]? flags = null)
{
    /// <summary>A row from its object, and columns that are kept elsewhere.</summary>
    public StoreRow Read(byte[] json, params (string Name, object? Value)[] more)
    {
        using var document = JsonDocument.Parse(json);
        return new StoreRow([.. document.RootElement.EnumerateObject().Select(member => (member.Name, Read(member))), .. more]);
    }

    /// <summary>The object of a row, of all columns but some.</summary>
    public byte[] Write(StoreRow row, params string[] without)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in row.Columns.Where(column => !without.Contains(column.Name)))
            {
                writer.WritePropertyName(name);
                Write(writer, name, value);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private object? Read(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => 1L,
        JsonValueKind.False => 0L,
        JsonValueKind.Number => member.Value.GetInt64(),
        _ when bytes?.Contains(member.Name) is true => member.Value.GetBytesFromBase64(),
        _ => member.Value.GetString(),
    };

    private void Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case long number when flags?.Contains(name) is true:
                writer.WriteBooleanValue(number != 0);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case byte[] content:
                writer.WriteBase64StringValue(content);
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }
}
