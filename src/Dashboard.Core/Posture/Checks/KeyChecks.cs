using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Rotation;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Keys that sign for longer than they should.</summary>
internal sealed class OverdueKeyCheck(KeyRing ring, KeyPlan plan) : IPostureCheck
{
    // The leader looks every minute; a while more for a change of leaders.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // Where nothing rotates by itself.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

    public PostureRule Rule { get; } = new(
        "KEY_ROTATION_OVERDUE",
        PostureSeverity.Medium,
        "Every signing key is rotated in time.",
        "Signing keys are overdue for rotation.",
        "The longer a key signs, the more depends on nobody's having copied it.",
        "Rotate it; what it signed stays good until it expires.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        ring.Algorithms.Select(ring.CurrentOf).OfType<SigningKey>()
            .Where(key => plan.NextRotationAt(key.Algorithm) is { } dueAt
                ? dueAt + Grace <= scan.Now
                : key.CurrentSince + Oldest <= scan.Now)
            .Select(key => new PostureObject(PostureObjectKind.Key, key.KeyId, key.KeyId, key.Algorithm.ToString())));
}

/// <summary>Tokens that everybody who verifies them could have made.</summary>
internal sealed class SharedSecretCheck(KeyRing ring, TrustedIssuers issuers) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "SHARED_SECRET_IN_USE",
        PostureSeverity.Medium,
        "No token is verified with a shared secret.",
        "Tokens are verified with shared secrets (HS256).",
        "Whoever can verify such a token can also make one.",
        "Sign with ES256 or RS256, and let verifiers fetch the JWKS.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        ring.All.Where(key => key is { State: KeyState.Current } && key.Algorithm.IsSymmetric)
            .Select(key => new PostureObject(PostureObjectKind.Key, key.KeyId, key.KeyId, key.Algorithm.ToString()))
            .Concat(issuers.List().Where(issuer => issuer.Source is IssuerKeySource.Secret)
                .Select(issuer => new PostureObject(PostureObjectKind.Issuer, issuer.Name, issuer.Name, "a secret in the settings"))));
}

/// <summary>Issuers whose keys cannot be had.</summary>
internal sealed class StaleIssuerCheck(TrustedIssuers issuers) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "ISSUER_KEYS_STALE",
        PostureSeverity.High,
        "The keys of every trusted issuer are fresh.",
        "The keys of trusted issuers cannot be fetched.",
        "A key that the issuer withdrew still verifies here, and its new ones do not.",
        "See why the address fails, and fetch the keys again.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        issuers.List()
            .Where(issuer => issuer.State is IssuerKeyState.Stale or IssuerKeyState.Unreachable)
            .Select(issuer => new PostureObject(PostureObjectKind.Issuer, issuer.Name, issuer.Name, issuer.Failure)));
}
