using Dashboard.Core.Primitives;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>A stretch of places.</summary>
/// <param name="From">Inclusive; empty for the oldest.</param>
/// <param name="To">Exclusive; null for the newest.</param>
internal sealed record LedgerRange(string From, string? To)
{
    public string LowerBound => "[" + From;

    public string UpperBound => To is null ? "+" : "(" + To;

    /// <summary>What a filter says about the time of issuing.</summary>
    public static LedgerRange Of(LedgerFilter filter) => new(
        filter.IssuedFrom is { } from ? LedgerPlace.TimeOf(from) : "",
        filter.IssuedTo is { } to ? LedgerPlace.TimeOf(to) : null);

    /// <summary>The part of it that is older than a place.</summary>
    public LedgerRange Before(LedgerPlace place) =>
        To is null || string.CompareOrdinal(place.Text, To) < 0 ? this with { To = place.Text } : this;

    /// <inheritdoc cref="Before(LedgerPlace)"/>
    public LedgerRange Before(PageCursor? cursor) => cursor is { } row ? Before(LedgerPlace.Of(row.At, row.Id)) : this;

    public bool Contains(LedgerPlace place) =>
        string.CompareOrdinal(place.Text, From) >= 0 && (To is null || string.CompareOrdinal(place.Text, To) < 0);
}
