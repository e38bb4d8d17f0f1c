using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Rotation;

/// <summary>
/// Rotates keys when their time has come, lets the first key of a new algorithm sign, stands down an algorithm that the settings
/// no longer name, and retires what is not needed any more. Of several nodes only the leader does; a change counts once, whoever
/// makes it. Shared secrets it leaves alone: somebody has to carry them to those who verify.
/// </summary>
internal sealed class KeySchedule(
    KeyRing ring,
    KeyRotation rotation,
    KeyRetirement retirement,
    KeyPlan plan,
    LongestToken longest,
    IOptions<KeyOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<KeySchedule> logger) : LeaderWork(election, Interval, clock, logger)
{
    private const string Scheduled = "Scheduled";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Does what is due now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        foreach (var algorithm in ring.Algorithms)
        {
            if (plan.NextRotationAt(algorithm) <= now)
            {
                await RotateAsync(algorithm, cancellationToken);
            }
        }

        await StandDownAsync(now, cancellationToken);
        await RetireAsync(now, cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.RotationDelayed(exception);

    // Not by the ledger alone: it does not know the tokens of a key that was brought here, which verifies until all have expired.
    private async Task RetireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var needed = longest.Lifetime + longest.ClockSkew + options.Value.JwksCacheLifetime;
        foreach (var key in ring.All.Where(key => key is { State: KeyState.Previous } && key.PreviousSince + needed <= now))
        {
            if (await retirement.RetireAsync(key.KeyId, "Nothing that it signed is good any more", Actor.Signet, cancellationToken)
                is KeyRetirementOutcome.Retired)
            {
                Logger.Retired(key.KeyId);
            }
        }
    }

    private async Task RotateAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (await rotation.RotateAsync(new RotateKeys(algorithm, false, false, Scheduled), Actor.Signet, cancellationToken)
            is KeyRotationOutcome.Rotated rotated)
        {
            Logger.Rotated(rotated.CurrentKeyId, algorithm);
        }
    }

    private async Task StandDownAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ring.CurrentOf(ring.Algorithms[0]) is null)
        {
            return;
        }

        List<(KeyState? From, SigningKey Key)> changes =
        [
            .. ring.All.Where(key => key.IsWaitingOrSigning && !ring.Algorithms.Contains(key.Algorithm)).Select(key => (
                (KeyState?)key.State,
                key.State is KeyState.Current
                    ? key with { State = KeyState.Previous, PreviousSince = now }
                    : key with { State = KeyState.Retired, RetiredAt = now })),
        ];
        if (changes is not [])
        {
            await ring.ApplyAsync(
                changes,
                new AuditEntry(Actor.Signet, "keys.stood_down", "key", changes[0].Key.KeyId, "The settings no longer name its algorithm"),
                cancellationToken);
        }
    }
}

/// <summary>How long a token is good at most, which its own feature knows.</summary>
/// <param name="Lifetime">The longest that the policy allows.</param>
/// <param name="ClockSkew">How much longer clocks that differ let it be.</param>
internal sealed record LongestToken(TimeSpan Lifetime, TimeSpan ClockSkew);
