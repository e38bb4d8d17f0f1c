using System.Text.Json;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>Lists what a token's claims allow, as LiveKit reads them: what is absent is not always no.</summary>
internal static class LiveKitGrantReader
{
    // A pasted text may hold any number of members, and values of any length.
    private const int MostGrants = 60;
    private const int LongestValue = 255;

    private const string Unreadable = "Is not true or false: the server cannot read the token, and refuses it.";

    public static IReadOnlyList<LiveKitGrant> Read(JsonElement claims) =>
    [
        .. LiveKitNames.Groups.SelectMany(group => Written(claims, group)).Concat(TakenForGranted(claims)).Take(MostGrants),
    ];

    private static IEnumerable<LiveKitGrant> Written(JsonElement claims, string group) =>
        claims.TryGetProperty(group, out var grants) && grants.ValueKind is JsonValueKind.Object
            ? grants.EnumerateObject().Select(grant => Of($"{group}.{grant.Name}", grant.Value))
            : [];

    private static LiveKitGrant Of(string grant, JsonElement value) =>
        new(Cut(grant), Cut(Show(value)), false, Meaning(grant, value));

    private static string Meaning(string grant, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False when LiveKitGrantWords.OfSwitch(grant, value.GetBoolean()) is { } words => words,
        JsonValueKind.String or JsonValueKind.Array when LiveKitGrantWords.OfText(grant) is { } words => words,
        JsonValueKind.Null => "Says nothing, as if it were absent.",
        _ => LiveKitGrantWords.OfSwitch(grant, true) is null
            ? "LiveKit knows no such grant, and does not look at it."
            : Unreadable,
    };

    // Only whoever joins a room can publish or subscribe there.
    private static IEnumerable<LiveKitGrant> TakenForGranted(JsonElement claims)
    {
        if (!claims.TryGetProperty(LiveKitNames.Video, out var video)
            || video.ValueKind is not JsonValueKind.Object
            || FlagOf(video, LiveKitNames.RoomJoin) is not true)
        {
            yield break;
        }

        if (!video.TryGetProperty(LiveKitNames.Room, out var room) || room.ValueKind is not JsonValueKind.String || room.GetString() is "")
        {
            yield return new LiveKitGrant("video.room", "any", true, "Names no room, and so is good for every room.");
        }

        var publishes = FlagOf(video, "canPublish") ?? true;
        foreach (var (name, value) in new[] { ("canPublish", true), ("canSubscribe", true), ("canPublishData", publishes) })
        {
            if (FlagOf(video, name) is null)
            {
                var grant = $"video.{name}";
                yield return new LiveKitGrant(grant, value ? "true" : "false", true, LiveKitGrantWords.OfSwitch(grant, value)!);
            }
        }
    }

    private static bool? FlagOf(JsonElement video, string name) => !video.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Null => null,
        _ => false,
    };

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };

    private static string Cut(string text) => text.Length > LongestValue ? text[..LongestValue] + "…" : text;
}
