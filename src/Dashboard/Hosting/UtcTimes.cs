using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Hosting.Queries;

namespace Dashboard.Hosting;

/// <summary>Writes every time in UTC with Z, to the millisecond where it has one; reads whatever ISO 8601 says.</summary>
internal sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(QueryTime.Write(value));
}
