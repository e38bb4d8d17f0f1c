namespace Dashboard.Core.Tokens.Ledger;

/// <summary>
/// What becomes of the ledger with the change of what an opaque credential belongs to: written with that change, or not at all.
/// </summary>
/// <param name="Added">The row of a new credential; null where there is none.</param>
/// <param name="EndedId">The id of one that is no good any more, and shows as expired from then on; null where there is none.</param>
/// <param name="At">When.</param>
internal sealed record LedgerChange(LedgerEntry? Added, string? EndedId, DateTimeOffset At)
{
    public static readonly LedgerChange None = new(null, null, DateTimeOffset.UnixEpoch);

    public static LedgerChange Ending(string tokenId, DateTimeOffset at) => new(null, tokenId, at);
}
