using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting;

namespace Dashboard.Keys;

/// <summary>A key of the ring as the API shows it; never its private part.</summary>
internal sealed record KeyJson(
    string Kid,
    string Alg,
    KeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CurrentSince,
    DateTimeOffset? PreviousSince,
    DateTimeOffset? RetiredAt,
    DateTimeOffset? RevokedAt,
    long LiveTokens,
    bool LiveTokensIsCapped,
    DateTimeOffset? LastSignedAt,
    DateTimeOffset? LastExpiryAt)
{
    public static KeyJson Of(SigningKey key, KeyUsage usage) => new(
        key.KeyId,
        key.Algorithm.ToString(),
        key.State,
        key.CreatedAt,
        key.CurrentSince,
        key.PreviousSince,
        key.RetiredAt,
        key.RevokedAt,
        usage.LiveTokens,
        usage.IsCapped,
        usage.LastSignedAt,
        usage.LastExpiryAt);
}

/// <summary>A rotation that was done.</summary>
internal sealed record RotationJson(string CurrentKid, string OldKid);

/// <summary>What a rotation would do: which key would sign, what would become of the one that signs now, and its live tokens.</summary>
internal sealed record RotationTrialJson(
    bool WouldSucceed,
    string CurrentKid,
    string OldKid,
    KeyState OldBecomes,
    long LiveTokens,
    bool LiveTokensIsCapped,
    DateTimeOffset? LastExpiryAt,
    RefusalJson? Refusal);

/// <summary>A retirement that was done.</summary>
internal sealed record RetirementJson(DateTimeOffset RetiredAt);

/// <summary>What a retirement would do, and the live tokens of its key.</summary>
internal sealed record RetirementTrialJson(
    bool WouldSucceed,
    string Kid,
    KeyState Becomes,
    long LiveTokens,
    bool LiveTokensIsCapped,
    DateTimeOffset? LastExpiryAt,
    RefusalJson? Refusal);
