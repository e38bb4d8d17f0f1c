using System.Text.Json;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Hosting.Tokens;

/// <summary>A row of the ledger as the API shows it.</summary>
internal sealed record TokenJson(
    string Jti,
    string Kind,
    string Status,
    string Subject,
    string? ClientId,
    string? Session,
    string? Family,
    string Scope,
    string Audience,
    string? Kid,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string IssuedBy,
    string? TestDefect,
    PresentationSpan? Presented,
    RevokedJson? Revoked)
{
    public static TokenJson Of(LedgerEntry entry, TokenDirectory directory) => new(
        entry.TokenId,
        entry.Kind.Name,
        TokenQuery.NameOf(directory.StatusOf(entry)),
        entry.Subject,
        entry.Client,
        entry.Session,
        entry.Family,
        entry.Scope,
        entry.Audience,
        entry.KeyId is "" ? null : entry.KeyId,
        entry.IssuedAt,
        entry.ExpiresAt,
        entry.IssuedBy,
        entry.Defect,
        entry.Presented,
        entry.Revoked is { } revoked ? new RevokedJson(revoked.At, revoked.By, revoked.Reason) : null);
}

internal sealed record RevokedJson(DateTimeOffset At, string By, string Reason);

/// <summary>One token with its claims as issued and its life.</summary>
internal sealed record TokenDetailJson(TokenJson Token, JsonElement Claims, IReadOnlyList<TimelineJson> Timeline);

internal sealed record TimelineJson(DateTimeOffset At, TimelineMoment Moment, string Detail, string? RequestId);
