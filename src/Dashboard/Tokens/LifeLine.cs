using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Tokens;

/// <summary>One line of a token's timeline: a moment, or the same refusal several times in a row.</summary>
/// <param name="First">The moment; the oldest of several.</param>
/// <param name="Newest">The same; the newest of several.</param>
/// <param name="Count">How many there were.</param>
internal sealed record LifeLine(TimelineItem First, TimelineItem Newest, int Count)
{
    /// <summary>The code of a refusal; empty for every other moment.</summary>
    public string Code => CodeOf(Newest);

    /// <summary>What happened; without the code where the title says it.</summary>
    public string Detail => Count is 1 ? Newest.Detail : Newest.Detail[Code.Length..].TrimStart(':', ' ');

    /// <summary>The moments in their order, equal refusals that follow each other as one line.</summary>
    public static IReadOnlyList<LifeLine> Of(IEnumerable<TimelineItem> items)
    {
        List<LifeLine> lines = [];
        foreach (var item in items)
        {
            if (lines is [.., var last] && IsAgain(last, item))
            {
                lines[^1] = last with { Newest = item, Count = last.Count + 1 };
            }
            else
            {
                lines.Add(new LifeLine(item, item, 1));
            }
        }

        return lines;
    }

    private static bool IsAgain(LifeLine last, TimelineItem item) =>
        item.Moment is TimelineMoment.Refused && last.Newest.Moment is TimelineMoment.Refused && CodeOf(item) == last.Code;

    // "TOKEN_REVOKED: It was revoked…", as the core words it. What stands behind may name a time, so it is not compared.
    private static string CodeOf(TimelineItem item) => item.Moment is TimelineMoment.Refused ? item.Detail.Split(':', 2)[0] : "";
}
