using System.Globalization;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>
/// Where a row stands in the ledger: its time of issuing and its id, as one text whose bytes sort like the rows. Member of
/// every index, so that an index can be read in the order of the list, from any row on, without reading a row.
/// </summary>
internal readonly record struct LedgerPlace(string Text)
{
    private const int TimeDigits = 15;

    public string TokenId => Text[(TimeDigits + 1)..];

    public DateTimeOffset IssuedAt =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Text.AsSpan(0, TimeDigits), CultureInfo.InvariantCulture));

    /// <summary>The id first: among all of them, those that begin with a text lie side by side.</summary>
    public string IdFirst => $"{TokenId}\0{Text[..TimeDigits]}";

    public static LedgerPlace Of(DateTimeOffset issuedAt, string tokenId) => new($"{TimeOf(issuedAt)}:{tokenId}");

    public static LedgerPlace Of(LedgerEntry row) => Of(row.IssuedAt, row.TokenId);

    public static IEnumerable<LedgerPlace> NewestFirst(IEnumerable<LedgerPlace> places) =>
        places.OrderByDescending(static place => place.Text, StringComparer.Ordinal);

    /// <summary>From <see cref="IdFirst"/>.</summary>
    public static LedgerPlace FromIdFirst(string text) => new($"{text[^TimeDigits..]}:{text[..^(TimeDigits + 1)]}");

    /// <summary>Begins the places of all rows issued then, and sorts before them.</summary>
    public static string TimeOf(DateTimeOffset issuedAt) => Math.Max(issuedAt.ToUnixTimeMilliseconds(), 0)
        .ToString($"D{TimeDigits}", CultureInfo.InvariantCulture);
}
