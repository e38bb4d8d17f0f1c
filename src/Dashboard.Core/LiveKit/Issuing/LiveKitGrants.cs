using System.Text.Json.Serialization;

namespace Dashboard.Core.LiveKit.Issuing;

/// <summary>
/// What a token allows in rooms. A member that is null is left out of the token: for publishing and subscribing LiveKit takes that
/// for yes, for everything else for no.
/// </summary>
public sealed record LiveKitVideoGrant
{
    /// <summary>Joins <see cref="Room"/>, which must be named.</summary>
    public bool? RoomJoin { get; init; }

    public string? Room { get; init; }

    public bool? RoomCreate { get; init; }

    public bool? RoomList { get; init; }

    public bool? RoomRecord { get; init; }

    /// <summary>Administers <see cref="Room"/>, which must be named.</summary>
    public bool? RoomAdmin { get; init; }

    public bool? CanPublish { get; init; }

    public bool? CanSubscribe { get; init; }

    /// <summary>As <see cref="CanPublish"/> where null.</summary>
    public bool? CanPublishData { get; init; }

    /// <summary>What may be published, of <see cref="LiveKitRequestRules.Sources"/>; null for everything.</summary>
    public IReadOnlyList<string>? CanPublishSources { get; init; }

    public bool? CanUpdateOwnMetadata { get; init; }

    public bool? IngressAdmin { get; init; }

    public bool? Hidden { get; init; }

    public bool? Recorder { get; init; }

    public bool? Agent { get; init; }

    public bool? CanSubscribeMetrics { get; init; }

    public bool? CanManageAgentSession { get; init; }

    public string? DestinationRoom { get; init; }
}

/// <summary>What a token allows with telephones.</summary>
public sealed record LiveKitSipGrant
{
    public bool? Admin { get; init; }

    public bool? Call { get; init; }
}

/// <summary>What a token allows with models that LiveKit serves.</summary>
public sealed record LiveKitInferenceGrant
{
    public bool? Perform { get; init; }
}

/// <summary>What a token allows with agents that LiveKit runs.</summary>
public sealed record LiveKitAgentGrant
{
    public bool? Admin { get; init; }

    public bool? SimulationAdmin { get; init; }

    public bool? DatabaseAdmin { get; init; }
}

/// <summary>What a token allows with telemetry.</summary>
public sealed record LiveKitObservabilityGrant
{
    public bool? Write { get; init; }
}

/// <summary>The claims of a token beside the registered ones, as LiveKit writes them.</summary>
internal sealed record LiveKitClaims
{
    public string? Name { get; init; }

    public LiveKitVideoGrant? Video { get; init; }

    public LiveKitSipGrant? Sip { get; init; }

    public LiveKitInferenceGrant? Inference { get; init; }

    public LiveKitAgentGrant? Agent { get; init; }

    public LiveKitObservabilityGrant? Observability { get; init; }

    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public string? RoomPreset { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LiveKitClaims))]
internal sealed partial class LiveKitJson : JsonSerializerContext;
