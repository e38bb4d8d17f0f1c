using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Core.Gateway.Files;

/// <summary>
/// The gateway's own backup files, as its <c>just oauth-backup</c> makes them and its <c>just oauth-restore</c> reads them. What was
/// read is written again byte for byte.
/// </summary>
public static class GatewayBackup
{
    private const string TimestampName = "timestamp";
    private const string MetadataName = "metadata";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    // Each sort with its entries.
    private static readonly (string Name, Func<GatewayData, IReadOnlyList<GatewayEntry>> Entries)[] Sorts =
    [
        (GatewaySorts.Registrations, data => data.Registrations),
        (GatewaySorts.Tokens, data => data.Tokens),
        (GatewaySorts.RefreshTokens, data => data.RefreshTokens),
        (GatewaySorts.UserTokens, data => data.UserTokens),
        (GatewaySorts.States, data => data.States),
        (GatewaySorts.Codes, data => data.Codes),
        (GatewaySorts.Sessions, data => data.Sessions),
    ];

    /// <summary>Reads a backup.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says why, without anything that is in it.</exception>
    public static async Task<GatewayData> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(file, cancellationToken)
            ?? throw new InvalidDataException("The file is no backup of a gateway: it is not one JSON object without duplicate members.");
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException("The file is no backup of a gateway: it has a name that is not Unicode text.", exception);
        }
    }

    /// <summary>Writes a backup that the gateway can restore.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="data">What is in it.</param>
    /// <param name="leftOut">
    /// Sentences about what is not, which stand in <c>metadata.left_out</c>, where the gateway does not look; none for no such member.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(
        Stream file, GatewayData data, IReadOnlyList<string> leftOut, CancellationToken cancellationToken)
    {
        var root = new JsonObject { [TimestampName] = Timestamp(data.TakenAt), [MetadataName] = MetadataOf(data, leftOut) };
        foreach (var (name, entries) in Sorts)
        {
            root[name] = new JsonObject(entries(data).Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)NodeOf(entry))));
        }

        await file.WriteAsync(Encoding.ASCII.GetBytes(PythonJson.WriteIndented(ElementOf(root))), cancellationToken);
    }

    private static GatewayData Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !Sorts.Any(sort => root.TryGetProperty(sort.Name, out _)))
        {
            throw new InvalidDataException("The file is no backup of a gateway: it has neither registrations nor tokens.");
        }

        if (TextOf(root, TimestampName) is not { } timestamp
            || !DateTimeOffset.TryParse(
                timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var takenAt))
        {
            throw new InvalidDataException("The file is no backup of a gateway: its timestamp is missing, from which lifetimes count.");
        }

        return new GatewayData
        {
            TakenAt = takenAt,
            Registrations = EntriesOf(root, GatewaySorts.Registrations),
            Tokens = EntriesOf(root, GatewaySorts.Tokens),
            RefreshTokens = EntriesOf(root, GatewaySorts.RefreshTokens),
            UserTokens = EntriesOf(root, GatewaySorts.UserTokens),
            States = EntriesOf(root, GatewaySorts.States),
            Codes = EntriesOf(root, GatewaySorts.Codes),
            Sessions = EntriesOf(root, GatewaySorts.Sessions),
        };
    }

    private static IReadOnlyList<GatewayEntry> EntriesOf(JsonElement root, string sort) =>
        root.TryGetProperty(sort, out var entries) && entries.ValueKind is JsonValueKind.Object
            ? [.. entries.EnumerateObject().Select(EntryOf).OrderBy(entry => entry.Name, StringComparer.Ordinal)]
            : [];

    private static GatewayEntry EntryOf(JsonProperty entry)
    {
        var json = entry.Value;
        if (json.ValueKind is not JsonValueKind.Object)
        {
            return new GatewayEntry(entry.Name, "other", -1, null);
        }

        try
        {
            var ttl = json.TryGetProperty("ttl", out var seconds) && seconds.ValueKind is JsonValueKind.Number && seconds.TryGetInt64(out var number)
                ? number
                : -1;
            return new GatewayEntry(entry.Name, TextOf(json, "type") ?? "string", ttl, TextOf(json, "value"));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is well-formed JSON but no text: the reader names the entry.
            return new GatewayEntry(entry.Name, "other", -1, null);
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // What a text of JSON says stands beside it once more, for people and scripts.
    private static JsonObject NodeOf(GatewayEntry entry)
    {
        var node = new JsonObject { ["ttl"] = entry.Ttl, ["type"] = entry.Type, ["value"] = entry.Value };
        if (entry is { Type: "string", Value: { } value } && Parse(value) is { } parsed)
        {
            node["parsed"] = parsed;
        }

        return node;
    }

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject MetadataOf(GatewayData data, IReadOnlyList<string> leftOut)
    {
        var metadata = new JsonObject
        {
            ["total_registrations"] = data.Registrations.Count,
            ["total_tokens"] = data.Tokens.Count,
            ["total_refresh_tokens"] = data.RefreshTokens.Count,
            ["total_sessions"] = data.Sessions.Count,
        };
        if (leftOut is not [])
        {
            metadata["left_out"] = new JsonArray([.. leftOut.Select(sentence => (JsonNode)sentence)]);
        }

        return metadata;
    }

    // As Python's isoformat() writes it: no fraction where there is none, and six digits where there is one.
    private static string Timestamp(DateTimeOffset time)
    {
        var hasFraction = time.Ticks % TimeSpan.TicksPerSecond >= TimeSpan.TicksPerMicrosecond;
        return time.ToUniversalTime().ToString(
            hasFraction ? "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static JsonElement ElementOf(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    // Where it stopped stays unsaid: what is in the file is secret.
    private static async Task<JsonDocument?> ParseAsync(Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(file, Strict, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second kind comes of looking for duplicates among names that are no Unicode text.
            return null;
        }
    }
}
