using System.Globalization;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>
/// How far somebody has followed each node, so that a balancer may send them to any: <c>node.number~node.number</c>, the one
/// that answered last first.
/// </summary>
internal sealed class FeedCursor
{
    private const int MostNodes = 8;
    private const int LongestText = MostNodes * 64;

    private readonly IReadOnlyList<(string Node, long Number)> _places;

    private FeedCursor(IReadOnlyList<(string Node, long Number)> places) => _places = places;

    /// <summary>Reads a cursor; what is none is the beginning.</summary>
    public static FeedCursor Read(string? text) => new(text is { Length: > 0 and <= LongestText }
        ? [.. text.Split('~').Take(MostNodes).Select(Place).OfType<(string, long)>()]
        : []);

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

    public FeedCursor With(string node, long number) =>
        new([(node, number), .. _places.Where(place => place.Node != node).Take(MostNodes - 1)]);

    public override string ToString() => string.Join(
        '~', _places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Node}.{place.Number}")));

    private static (string Node, long Number)? Place(string text) =>
        text.Split('.') is [{ Length: > 0 and <= 40 } node, var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (node, value)
            : null;
}
