using System.Globalization;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>
/// How far somebody has followed each node, so that a balancer may send them to any, and who they were told is kept out:
/// <c>=digest~node.number~node.number</c>, the one that answered last first.
/// </summary>
internal sealed class FeedCursor
{
    private const int MostNodes = 8;
    private const int LongestText = (MostNodes + 1) * 64;

    private readonly IReadOnlyList<(string Node, long Number)> _places;

    private FeedCursor(string? suspended, IReadOnlyList<(string Node, long Number)> places) => (Suspended, _places) = (suspended, places);

    /// <summary>The <see cref="SuspensionSet.Digest"/> of what was told last; null where nothing was.</summary>
    public string? Suspended { get; }

    /// <summary>Reads a cursor; what is none is the beginning.</summary>
    public static FeedCursor Read(string? text)
    {
        var parts = text is { Length: > 0 and <= LongestText } ? text.Split('~') : Array.Empty<string>();
        return new FeedCursor(
            Array.Find(parts, part => part.StartsWith('='))?[1..],
            [.. parts.Select(Place).OfType<(string, long)>().Take(MostNodes)]);
    }

    /// <summary>How far a node was followed; null where it was not.</summary>
    public long? Find(string node)
    {
        foreach (var place in _places)
        {
            if (place.Node == node)
            {
                return place.Number;
            }
        }

        return null;
    }

    public FeedCursor With(string node, long number, string suspended) =>
        new(suspended, [(node, number), .. _places.Where(place => place.Node != node).Take(MostNodes - 1)]);

    public override string ToString() => string.Join(
        '~', _places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Node}.{place.Number}")).Prepend($"={Suspended}"));

    private static (string Node, long Number)? Place(string text) =>
        text.Split('.') is [{ Length: > 0 and <= 40 } node, var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (node, value)
            : null;
}
