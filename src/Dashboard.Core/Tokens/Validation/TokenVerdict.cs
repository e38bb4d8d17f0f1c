using System.Text.Json;

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
public sealed record AcceptedToken(
    string TokenId,
    TokenKind Kind,
    string Subject,
    string? Client,
    string? AgentId,
    string? Role,
    string? Session,
    IReadOnlyList<string> Scopes,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    JsonElement Claims);

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
}
