using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Hosting.Tokens;

/// <summary>What a revocation would reach.</summary>
/// <param name="Matched">Live tokens; a lower bound where <paramref name="IsCapped"/>.</param>
/// <param name="EnforcedAtOnce">How many of them are refused at once wherever callers ask Signet: all of them.</param>
/// <param name="Clients">Distinct clients among them.</param>
/// <param name="Subjects">Distinct subjects among them.</param>
/// <param name="IsCapped">True where counting stopped early.</param>
/// <param name="OfflineUntil">Until when a copy could still pass at an API that validates offline: the last expiry.</param>
internal sealed record PreviewJson(
    long Matched, long EnforcedAtOnce, long Clients, long Subjects, bool IsCapped, DateTimeOffset? OfflineUntil)
{
    public static PreviewJson Of(RevocationPreview preview) => new(
        preview.Tokens, preview.Tokens, preview.Clients, preview.Subjects, preview.IsCapped, preview.LastExpiryAt);
}

/// <summary>A revocation of many tokens, and how far it has come.</summary>
internal sealed record RevocationJson(
    string Id,
    RevocationScope Scope,
    string? Value,
    RevocationState State,
    long RevokedTokens,
    DateTimeOffset RevokedAt,
    string RevokedBy,
    string Reason,
    PreviewJson? Preview)
{
    public static RevocationJson Of(TokenRevocation revocation, PreviewJson? preview) => new(
        revocation.Id,
        revocation.Scope,
        revocation.Value is "" ? null : revocation.Value,
        revocation.State,
        revocation.RevokedTokens,
        revocation.Stamp.At,
        revocation.Stamp.By,
        revocation.Stamp.Reason,
        preview);
}
