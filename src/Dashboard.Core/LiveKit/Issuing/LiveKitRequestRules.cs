using System.Globalization;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.LiveKit.Issuing;

/// <summary>What a request for a token of LiveKit must look like, beside what holds for every token.</summary>
public static class LiveKitRequestRules
{
    private const int LongestName = 255;
    private const int LongestMetadata = 2_048;
    private const int MostAttributes = 32;

    /// <summary>What <see cref="LiveKitVideoGrant.CanPublishSources"/> may name.</summary>
    public static readonly IReadOnlyList<string> Sources = ["camera", "microphone", "screen_share", "screen_share_audio"];

    /// <summary>Every fault, with the name of its field; empty where there is none.</summary>
    internal static IReadOnlyList<FieldFault> FaultsOf(LiveKitTokenRequest request, LiveKitOptions options) =>
    [
        .. NamesOf(request).Where(item => FaultOf(item.Text) is not null).Select(item => new FieldFault(item.Field, FaultOf(item.Text)!)),
        .. RoomFaults(request.Video),
        .. ContentFaults(request),
        .. LifetimeFaults(request.Lifetime, options),
    ];

    private static IEnumerable<(string Field, string? Text)> NamesOf(LiveKitTokenRequest request) =>
    [
        ("identity", request.Identity),
        ("name", request.Name),
        ("room", request.Video?.Room),
        ("destination_room", request.Video?.DestinationRoom),
        ("room_preset", request.RoomPreset),
    ];

    // Half of a surrogate pair would be written as another character than was asked for.
    private static string? FaultOf(string? text) => text switch
    {
        null => null,
        "" => "must not be empty",
        { Length: > LongestName } => $"must be at most {LongestName} characters long",
        _ when text.Any(char.IsControl) || text.Trim() != text || text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) =>
            "must not begin or end with a space or contain control or replacement characters",
        _ => null,
    };

    private static IEnumerable<FieldFault> RoomFaults(LiveKitVideoGrant? video)
    {
        if (video is { Room: null } and ({ RoomJoin: true } or { RoomAdmin: true }))
        {
            yield return new FieldFault("room", "is required to join or administer one");
        }

        if (video?.CanPublishSources is { } sources
            && (sources is [] || sources.Any(source => !Sources.Contains(source, StringComparer.Ordinal))))
        {
            yield return new FieldFault("can_publish_sources", $"must be some of {string.Join(", ", Sources)}");
        }
    }

    private static IEnumerable<FieldFault> ContentFaults(LiveKitTokenRequest request)
    {
        if (request.Metadata is { Length: > LongestMetadata })
        {
            yield return new FieldFault("metadata", $"must be at most {LongestMetadata} characters long");
        }

        if (request.Attributes is { } attributes
            && (attributes.Count > MostAttributes || attributes.Any(item => FaultOf(item.Key) is not null || item.Value.Length > LongestName)))
        {
            yield return new FieldFault(
                "attributes", $"must be at most {MostAttributes}, with names of 1 to {LongestName} characters and values of at most as many");
        }
    }

    private static IEnumerable<FieldFault> LifetimeFaults(TimeSpan? lifetime, LiveKitOptions options)
    {
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > options.MaximumLifetime)
        {
            var most = options.MaximumLifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            yield return new FieldFault("lifetime", $"must be between 1 and {most} seconds (LiveKit:MaximumLifetime)");
        }
    }
}
