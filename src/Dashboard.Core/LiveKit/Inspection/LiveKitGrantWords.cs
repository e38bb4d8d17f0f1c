using System.Collections.Frozen;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>What LiveKit's grants mean, yes and no.</summary>
internal static class LiveKitGrantWords
{
    private static readonly FrozenDictionary<string, (string Yes, string No)> Switches = new Dictionary<string, (string, string)>
    {
        ["video.roomJoin"] = ("May join the room.", "May not join a room."),
        ["video.roomCreate"] = ("May create and delete rooms.", "May not create rooms."),
        ["video.roomList"] = ("May list rooms.", "May not list rooms."),
        ["video.roomRecord"] = ("May start and stop recordings.", "May not record."),
        ["video.roomAdmin"] = ("May administer the room: mute and remove others, change what they may.", "May not administer the room."),
        ["video.canPublish"] = ("May publish sound and pictures.", "May publish neither sound nor pictures."),
        ["video.canSubscribe"] = ("May see and hear others.", "May neither see nor hear others."),
        ["video.canPublishData"] = ("May send messages and other data.", "May send no messages or other data."),
        ["video.canUpdateOwnMetadata"] = ("May change its own name, metadata and attributes.", "May not change its own name or metadata."),
        ["video.ingressAdmin"] = ("May manage ingress: streams from outside into rooms.", "May not manage ingress."),
        ["video.hidden"] = ("Is not seen by others in the room.", "Is seen by others in the room."),
        ["video.recorder"] = ("Records: the room shows that it is being recorded.", "Does not record."),
        ["video.agent"] = ("May register as a worker that runs agents.", "May not register as a worker."),
        ["video.canSubscribeMetrics"] = ("May receive the metrics of others.", "May not receive the metrics of others."),
        ["video.canManageAgentSession"] = ("May manage sessions of agents.", "May not manage sessions of agents."),
        ["sip.admin"] = ("May manage SIP trunks and dispatch rules.", "May not manage SIP."),
        ["sip.call"] = ("May call telephones.", "May not call telephones."),
        ["inference.perform"] = ("May use the models that LiveKit serves.", "May not use models."),
        ["agent.admin"] = ("May manage agents that LiveKit runs.", "May not manage agents."),
        ["agent.simulationAdmin"] = ("May manage simulations of agents.", "May not manage simulations."),
        ["agent.databaseAdmin"] = ("May manage databases of agents.", "May not manage databases."),
        ["observability.write"] = ("May send telemetry.", "May not send telemetry."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["video.room"] = "The room that it is for.",
        ["video.destinationRoom"] = "The room that its holder may be forwarded to.",
        ["video.canPublishSources"] = "May publish these sources alone.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a grant that LiveKit has.</summary>
    public static bool Knows(string group, string name) =>
        Switches.ContainsKey($"{group}.{name}") || Texts.ContainsKey($"{group}.{name}");

    /// <summary>What a yes or no means; null for a grant that is none.</summary>
    public static string? OfSwitch(string grant, bool value) =>
        Switches.TryGetValue(grant, out var words) ? value ? words.Yes : words.No : null;

    /// <summary>What a text or list means; null for a grant that has none.</summary>
    public static string? OfText(string grant) => Texts.GetValueOrDefault(grant);
}
