using System.Text.Json;
using Dashboard.Core.LiveKit.Inspection;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>The outcome of validating a token: accepted with its claims, or refused with the first failing check.</summary>
public abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    public sealed record Accepted(AcceptedToken Token) : TokenVerdict;

    /// <summary>Refused. A caller may be told the code, the detail and the facts: all of it stands in its own token.</summary>
    public sealed record Refused(TokenRefusal Reason, string Detail, RefusalFacts Facts) : TokenVerdict;
}

/// <summary>What a caller may rely on once a token was accepted.</summary>
/// <param name="TokenId">The <c>jti</c>; null where a trusted issuer gave it none.</param>
/// <param name="Kind">What it is for; null for a token of a trusted issuer, which is no kind of ours.</param>
/// <param name="Subject">
/// Whom it speaks for. Where a trusted issuer says so, with that issuer before it, so that it is nobody of ours:
/// <c>https://login.example.com#alice</c>. The plain <c>sub</c> is in the claims.
/// </param>
/// <param name="Client">Which client it was given to, written in the same way; null where it names none.</param>
/// <param name="AgentId">The agent that it speaks for; null where it speaks for none of ours.</param>
/// <param name="Role">The role of an operator; null for everybody else.</param>
/// <param name="Session">The session that it belongs to; null where it belongs to none.</param>
/// <param name="Scopes">What it allows by itself.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="Claims">What stands in it.</param>
public sealed record AcceptedToken(
    string? TokenId,
    TokenKind? Kind,
    string Subject,
    string? Client,
    string? AgentId,
    string? Role,
    string? Session,
    IReadOnlyList<string> Scopes,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    JsonElement Claims)
{
    /// <summary>The trusted issuer that issued it; null for one of ours.</summary>
    public string? Issuer { get; init; }

    /// <summary>What it allows in rooms of LiveKit; null for a token for APIs.</summary>
    public LiveKitReport? LiveKit { get; init; }
}

/// <summary>What belongs to a refusal's code; members that say nothing are null.</summary>
public sealed record RefusalFacts
{
    public static readonly RefusalFacts None = new();

    /// <summary>With <see cref="TokenRefusal.Expired"/>.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>With <see cref="TokenRefusal.Expired"/>.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>With <see cref="TokenRefusal.SessionExpired"/>: how long its session could last.</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>With <see cref="TokenRefusal.MissingClaims"/>.</summary>
    public IReadOnlyList<string>? MissingClaims { get; init; }

    /// <summary>With <see cref="TokenRefusal.WrongAudience"/>.</summary>
    public string? ExpectedAudience { get; init; }

    /// <summary>With <see cref="TokenRefusal.WrongAudience"/>.</summary>
    public IReadOnlyList<string>? ActualAudience { get; init; }

    /// <summary>With <see cref="TokenRefusal.InsufficientScope"/>.</summary>
    public IReadOnlyList<string>? RequiredScopes { get; init; }

    /// <summary>With <see cref="TokenRefusal.InsufficientScope"/>.</summary>
    public IReadOnlyList<string>? HeldScopes { get; init; }

    /// <summary>
    /// What the LiveKit server says of a token that was judged for it, word for word; null for every other one, and where it would
    /// say nothing.
    /// </summary>
    public string? LiveKitError { get; init; }
}
