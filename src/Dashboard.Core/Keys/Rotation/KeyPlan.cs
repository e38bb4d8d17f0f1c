using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Rotation;

/// <summary>When keys do what they do next. Decides nothing, and asks only memory.</summary>
public sealed class KeyPlan
{
    private readonly KeyRing _ring;
    private readonly KeyOptions _options;

    internal KeyPlan(KeyRing ring, IOptions<KeyOptions> options) => (_ring, _options) = (ring, options.Value);

    /// <summary>When the next key of an algorithm is known to every verifier; null where it has none.</summary>
    public DateTimeOffset? NextReadyAt(KeyAlgorithm algorithm) =>
        _ring.NextOf(algorithm) is { } next ? next.CreatedAt + _options.PrePublishWindow : null;

    /// <summary>
    /// When the keys of an algorithm are rotated without anybody's doing; null for never. The first key of an algorithm signs as
    /// soon as it is known everywhere, whatever the interval is.
    /// </summary>
    public DateTimeOffset? NextRotationAt(KeyAlgorithm algorithm)
    {
        if (NextReadyAt(algorithm) is not { } readyAt)
        {
            return null;
        }

        // A secret that nobody was shown signs nothing before somebody has it: another algorithm stands in for it until then.
        if (_ring.CurrentOf(algorithm) is not { } current)
        {
            return algorithm.IsSymmetric && _ring.NextOf(algorithm) is { SharedAt: null } ? null : readyAt;
        }

        if (algorithm.IsSymmetric || _options.RotationInterval == TimeSpan.Zero)
        {
            return null;
        }

        var dueAt = current.CurrentSince!.Value + _options.RotationInterval;
        return dueAt > readyAt ? dueAt : readyAt;
    }
}
