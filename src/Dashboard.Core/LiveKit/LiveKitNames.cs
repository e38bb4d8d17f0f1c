namespace Dashboard.Core.LiveKit;

/// <summary>What LiveKit calls the parts of its tokens.</summary>
internal static class LiveKitNames
{
    public const string Video = "video";
    public const string Name = "name";
    public const string Room = "room";
    public const string RoomJoin = "roomJoin";

    /// <summary>The claims that grant something.</summary>
    public static readonly IReadOnlyList<string> Groups = [Video, "sip", "inference", "agent", "observability"];
}
