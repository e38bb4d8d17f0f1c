namespace Dashboard.Core.Posture;

/// <summary>Looks whether one rule holds. Reads bounded parts of the store, and changes nothing.</summary>
public interface IPostureCheck
{
    PostureRule Rule { get; }

    /// <summary>Everything that breaks the rule; nothing where it holds.</summary>
    Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken);
}

/// <summary>What breaks a rule.</summary>
/// <param name="Objects">Those that are named, at least the first few.</param>
/// <param name="Total">How many there are, where that is more than those named; null otherwise.</param>
/// <param name="IsCapped">True where there may be more still.</param>
public sealed record PostureOffences(IReadOnlyList<PostureObject> Objects, long? Total = null, bool IsCapped = false)
{
    public static readonly PostureOffences None = new([]);

    public static Task<PostureOffences> Of(IEnumerable<PostureObject> objects) => Task.FromResult(new PostureOffences([.. objects]));
}
