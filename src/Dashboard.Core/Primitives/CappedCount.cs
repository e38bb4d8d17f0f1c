using System.Globalization;

namespace Dashboard.Core.Primitives;

/// <summary>A number that was not counted to its end where it is large.</summary>
/// <param name="Value">How many; at least so many where <paramref name="IsCapped"/>.</param>
/// <param name="IsCapped">True where counting stopped early.</param>
public readonly record struct CappedCount(long Value, bool IsCapped)
{
    /// <summary>Counting stops here.</summary>
    public const int Most = 10_000;

    /// <summary>From a count that looked for one more than <see cref="Most"/>.</summary>
    public static CappedCount Of(long counted) => new(Math.Min(counted, Most), counted > Most);

    /// <summary>For people: <c>1,234</c> or <c>10,000+</c>.</summary>
    public override string ToString() => Value.ToString("N0", CultureInfo.InvariantCulture) + (IsCapped ? "+" : "");
}
