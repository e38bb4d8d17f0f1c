namespace Dashboard.Core.Events;

/// <summary>How something ended.</summary>
public enum EventOutcome
{
    Succeeded,
    Refused,

    /// <summary>Somebody should look at it now.</summary>
    Alert,
}

/// <summary>Where a request came from, and the reference under which people find it again.</summary>
/// <param name="RequestId">The <c>req_…</c> of the request; null where nothing was requested.</param>
/// <param name="Ip">The peer's address; null where unknown.</param>
/// <param name="UserAgent">The User-Agent header, cut to 300 characters; null where absent.</param>
/// <param name="Endpoint">The method and path, without query; null where nothing was requested.</param>
public sealed record RequestOrigin(string? RequestId, string? Ip, string? UserAgent, string? Endpoint)
{
    /// <summary>Signet acting by itself.</summary>
    public static readonly RequestOrigin None = new(null, null, null, null);
}

/// <summary>Something that happened. Never holds a token, a secret or a password.</summary>
public sealed record SecurityEvent
{
    /// <summary>Its place in the store, newest highest; 0 before it is stored.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What happened: one of <see cref="EventKinds"/>.</summary>
    public required string Kind { get; init; }

    public required EventOutcome Outcome { get; init; }

    /// <summary>The stable code of a refusal, such as <c>TOKEN_EXPIRED</c>.</summary>
    public string? Code { get; init; }

    public string? Subject { get; init; }

    public string? Client { get; init; }

    /// <summary>The id of the agent that it concerns; null where it concerns none.</summary>
    public string? Agent { get; init; }

    public string? TokenId { get; init; }

    /// <summary>The public name of the session that it concerns; null where it concerns none.</summary>
    public string? Session { get; init; }

    public RequestOrigin Origin { get; init; } = RequestOrigin.None;

    /// <summary>One sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The stored report of a refusal, as JSON; null for everything else.</summary>
    public string? Report { get; init; }
}

/// <summary>The kinds of events. Stable: rules and exports match on them.</summary>
public static class EventKinds
{
    public const string LoginSucceeded = "login.succeeded";
    public const string LoginRefused = "login.refused";
    public const string LoggedOut = "login.ended";
    public const string SessionEnded = "session.ended";
    public const string SessionBinding = "session.binding";
    public const string SessionProved = "session.proved";
    public const string TokenIssued = "token.issued";
    public const string TokenRefused = "token.refused";
    public const string TokenRevoked = "token.revoked";
    public const string GrantRefused = "grant.refused";
    public const string IntrospectionRefused = "introspection.refused";
    public const string AccessRefused = "access.refused";
    public const string RequestRefused = "request.refused";
    public const string RequestThrottled = "request.throttled";
    public const string ClientRefused = "client.refused";
    public const string AuthorizationRefused = "authorization.refused";
    public const string ConsentGranted = "consent.granted";
    public const string ConsentDenied = "consent.denied";
    public const string ClientEnded = "client.ended";
    public const string ClientRegistered = "client.registered";
    public const string RegistrationRefused = "client.registration_refused";
    public const string AgentKeyRefused = "agent.key_refused";
    public const string AgentRegistered = "agent.registered";
    public const string AgentRefused = "agent.registration_refused";
    public const string AgentEnded = "agent.ended";
    public const string GatewayImported = "gateway.imported";
    public const string OperatorReset = "alert.operator_reset";
    public const string UnknownToken = "alert.unknown_token";
    public const string RefreshReplayed = "alert.refresh_replay";
}
