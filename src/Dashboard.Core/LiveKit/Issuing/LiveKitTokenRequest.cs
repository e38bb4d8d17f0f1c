using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Issuing;

namespace Dashboard.Core.LiveKit.Issuing;

/// <summary>What a token for a LiveKit server shall say.</summary>
public sealed record LiveKitTokenRequest
{
    /// <summary>Who its holder is in a room: 1 to 255 characters.</summary>
    public required string Identity { get; init; }

    /// <summary>What others see in place of the identity.</summary>
    public string? Name { get; init; }

    public LiveKitVideoGrant? Video { get; init; }

    public LiveKitSipGrant? Sip { get; init; }

    public LiveKitInferenceGrant? Inference { get; init; }

    public LiveKitAgentGrant? Agent { get; init; }

    public LiveKitObservabilityGrant? Observability { get; init; }

    /// <summary>Text that the participant has in the room, for the application.</summary>
    public string? Metadata { get; init; }

    /// <summary>The same as names with values.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public string? RoomPreset { get; init; }

    /// <summary>How long it lives; null for six hours, as LiveKit's own libraries do.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The client that asks; not in the token, but in the ledger. Null where none does.</summary>
    public string? Client { get; init; }

    public required Actor Who { get; init; }

    /// <summary>Why, in the person's words; null where nobody was asked.</summary>
    public string? Reason { get; init; }

    public RequestOrigin Origin { get; init; } = RequestOrigin.None;

    /// <summary>True where a person asked, so that the audit log must know.</summary>
    public bool Audited { get; init; }

    /// <summary>Somebody who joins a room and does there what everybody does: sees, hears, speaks, writes.</summary>
    public static LiveKitVideoGrant Participant(string room) => new()
    {
        RoomJoin = true,
        Room = room,
        CanPublish = true,
        CanSubscribe = true,
        CanPublishData = true,
    };
}

/// <summary>What became of a request for a token of LiveKit.</summary>
public abstract record LiveKitIssueOutcome
{
    private LiveKitIssueOutcome()
    {
    }

    /// <summary>The token is in the ledger, on disk.</summary>
    /// <param name="Token">What was issued.</param>
    /// <param name="Url">Where its holder connects to.</param>
    public sealed record Issued(TokenIssueOutcome.Issued Token, string Url) : LiveKitIssueOutcome;

    /// <summary>Nothing was issued; every fault is named with the field it is in.</summary>
    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : LiveKitIssueOutcome;

    /// <summary>No LiveKit server is configured.</summary>
    /// <param name="Missing">The settings that are missing.</param>
    public sealed record NotConfigured(IReadOnlyList<string> Missing) : LiveKitIssueOutcome;
}
