using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;

namespace Dashboard.Hosting.Keys;

/// <summary>Every key, and what becomes of them.</summary>
internal sealed record KeyListJson(
    IReadOnlyList<KeyJson> Items, string? NextCursor, long Total, bool TotalIsCapped, IReadOnlyList<RingJson> Rings)
{
    /// <summary>The whole ring on one page: there are few keys, and they belong together.</summary>
    public static async Task<KeyListJson> ReadAsync(KeySources sources, CancellationToken cancellationToken)
    {
        var rows = await sources.ReadAsync(cancellationToken);
        return new KeyListJson(
            [.. rows.Select(KeyJson.Of)],
            null,
            rows.Count,
            false,
            [.. sources.Ring.Algorithms.Select(algorithm => RingJson.Of(algorithm, sources.Ring, sources.Plan))]);
    }
}

/// <summary>
/// A key of the ring as the API shows it; never its private part. The issuer is that of a system that was taken over, whose tokens it
/// verifies.
/// </summary>
internal sealed record KeyJson(
    string Kid,
    string Alg,
    KeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CurrentSince,
    DateTimeOffset? PreviousSince,
    DateTimeOffset? RetiredAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? SharedAt,
    bool IsImported,
    string? Issuer,
    long LiveTokens,
    bool LiveTokensIsCapped,
    long LiveClients,
    long Issued,
    DateTimeOffset? LastSignedAt,
    DateTimeOffset? LastVerifiedAt,
    DateTimeOffset? LastExpiryAt)
{
    public static KeyJson Of(KeyRowView row) => new(
        row.Key.KeyId,
        row.Key.Algorithm.ToString(),
        row.Key.State,
        row.Key.CreatedAt,
        row.Key.CurrentSince,
        row.Key.PreviousSince,
        row.Key.RetiredAt,
        row.Key.RevokedAt,
        row.Key.SharedAt,
        row.Key.IsImported,
        row.Key.Issuer,
        row.Usage.LiveTokens,
        row.Usage.IsCapped,
        row.Usage.LiveClients,
        row.Use.Issued,
        KeyUse.Later(row.Usage.LastSignedAt, row.Use.LastSignedAt),
        row.Use.LastVerifiedAt,
        row.Usage.LastExpiryAt);
}

/// <summary>The keys of one algorithm.</summary>
/// <param name="Alg">The algorithm.</param>
/// <param name="IsDefault">True for the one that signs where nobody chose.</param>
/// <param name="CurrentKid">The key that signs; absent while the first one is not known everywhere.</param>
/// <param name="NextKid">The key that signs after the next rotation.</param>
/// <param name="NextReadyAt">When that is known everywhere.</param>
/// <param name="NextRotationAt">When it is rotated without anybody's doing; absent for never.</param>
internal sealed record RingJson(
    string Alg, bool IsDefault, string? CurrentKid, string? NextKid, DateTimeOffset? NextReadyAt, DateTimeOffset? NextRotationAt)
{
    public static RingJson Of(KeyAlgorithm algorithm, KeyRing ring, KeyPlan plan) => new(
        algorithm.ToString(),
        algorithm == ring.Algorithms[0],
        ring.CurrentOf(algorithm)?.KeyId,
        ring.NextOf(algorithm)?.KeyId,
        plan.NextReadyAt(algorithm),
        plan.NextRotationAt(algorithm));
}

/// <summary>A key that was made or brought here. The secret is here once, and nowhere else.</summary>
internal sealed record CreatedKeyJson(string Kid, string Alg, KeyState State, string? Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Kid;
}

/// <summary>A rotation that was done.</summary>
internal sealed record RotationJson(string CurrentKid, string? OldKid);

/// <summary>What a rotation would do: which key would sign, what would become of the one that signs now, and its live tokens.</summary>
internal sealed record RotationTrialJson(
    bool WouldSucceed,
    string? CurrentKid,
    string? OldKid,
    KeyState OldBecomes,
    long LiveTokens,
    bool LiveTokensIsCapped,
    long LiveClients,
    DateTimeOffset? LastExpiryAt,
    RefusalJson? Refusal)
{
    public static RotationTrialJson Of(KeyRotationTrial trial) => new(
        trial.Refusal is null,
        trial.CurrentKeyId,
        trial.OldKeyId,
        trial.OldState,
        trial.Usage.LiveTokens,
        trial.Usage.IsCapped,
        trial.Usage.LiveClients,
        trial.Usage.LastExpiryAt,
        trial.Refusal is null ? null : RefusalJson.Of(KeyProblems.Of(trial.Refusal)));
}

/// <summary>A retirement that was done.</summary>
internal sealed record RetirementJson(DateTimeOffset RetiredAt);

/// <summary>A key that is revoked, and whether it was before.</summary>
internal sealed record KeyRevocationJson(DateTimeOffset RevokedAt, bool Already);

/// <summary>What the end of a key would do, and its live tokens.</summary>
internal sealed record KeyTrialJson(
    bool WouldSucceed,
    string Kid,
    KeyState Becomes,
    long LiveTokens,
    bool LiveTokensIsCapped,
    long LiveClients,
    DateTimeOffset? LastExpiryAt,
    RefusalJson? Refusal)
{
    public static KeyTrialJson Of(string keyId, KeyState becomes, KeyUsage usage, ProblemResult? refusal) => new(
        refusal is null,
        keyId,
        becomes,
        usage.LiveTokens,
        usage.IsCapped,
        usage.LiveClients,
        usage.LastExpiryAt,
        refusal is null ? null : RefusalJson.Of(refusal));
}
