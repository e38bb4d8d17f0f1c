using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>What a session belongs to.</summary>
public enum SessionKind
{
    /// <summary>A browser with a cookie. Ends when idle.</summary>
    Browser,

    /// <summary>A client of the API with an operator token. Has no cookie; ends with its absolute limit.</summary>
    Api,
}

/// <summary>The names of kinds, in stores as in addresses and JSON.</summary>
public static class SessionKinds
{
    public static string NameOf(SessionKind kind) => kind switch
    {
        SessionKind.Browser => "browser",
        SessionKind.Api => "api",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}

/// <summary>A person's stay, from login until it ends. The row outlives the session, with the reason.</summary>
public sealed record Session
{
    /// <summary>Its public name. Whoever knows it can do nothing with it.</summary>
    public required string Name { get; init; }

    public required SessionKind Kind { get; init; }

    public required string OperatorId { get; init; }

    public required string UserName { get; init; }

    /// <summary>The role at login: a change of role ends the session.</summary>
    public required string Role { get; init; }

    /// <summary>The operator's security stamp at login.</summary>
    public required string OperatorStamp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last action of the person; up to 30 seconds late.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The absolute limit.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When its person last proved that it is them, by password or second factor; at least at login.</summary>
    public required DateTimeOffset ProvenAt { get; init; }

    /// <summary>The second factor that was shown last; null where only the password was.</summary>
    public SecondFactorKind? SecondFactor { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? SecondFactorAt { get; init; }

    /// <summary>What its person must confirm before the session goes on; null where nothing is.</summary>
    public BindingSignal? Challenge { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? ChallengedAt { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What it is bound to; hashes only.</summary>
    public required SessionBinding Binding { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public SessionEndReason? EndReason { get; init; }
}
