using System.Text;
using System.Text.Json;

namespace Dashboard.Core.Audit;

/// <summary>Writes the before and after of an audit entry.</summary>
internal static class AuditJson
{
    /// <summary>One flat JSON object; members whose value is null are left out.</summary>
    public static string Write(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
