using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>
/// One way into the ledger: an index in the order of issuing, or places that were looked up already, newest first.
/// </summary>
/// <param name="Index">The index; of places looked up already the one they are from.</param>
/// <param name="Length">How many rows lie on it within the range of the plan.</param>
/// <param name="Places">Null where the index is to be read.</param>
internal sealed record LedgerWay(RedisKey Index, long Length, IReadOnlyList<LedgerPlace>? Places = null);

/// <summary>What an index without rows says about a place: its score there is within bounds, or it is not there.</summary>
internal sealed record LedgerTest(RedisKey Index, long From = 0, long To = long.MaxValue, bool IsThere = true);

/// <summary>How a filter is answered: along which ways, and what is still to be tested of the places on them.</summary>
/// <param name="Ways">A place on several of them counts once.</param>
/// <param name="Tests">Answered by indexes.</param>
/// <param name="Text">How id, subject or client must begin; null where the ways answer that or nothing is asked.</param>
/// <param name="Range">Where to look on each way.</param>
internal sealed record LedgerPlan(
    IReadOnlyList<LedgerWay> Ways, IReadOnlyList<LedgerTest> Tests, string? Text, LedgerRange Range)
{
    /// <summary>The length of the only way where that alone tells how many rows there are; null where it does not.</summary>
    public long? ExactCount => this is { Ways: [var only], Tests: [], Text: null } ? only.Length : null;
}
