using Dashboard.Core.Events.Rollups;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Says what a rule would have done in the last day, before anybody relies on it.</summary>
public sealed class RulePreview
{
    /// <summary>How far it looks back.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromHours(24);

    // Whoever had fewer in the whole day than the threshold never reached it; of the others only those with most are followed.
    private const int MostFollowed = 20;

    private readonly RuleCounts _counts;
    private readonly TimeProvider _clock;

    internal RulePreview(RuleCounts counts, TimeProvider clock) => (_counts, _clock) = (counts, clock);

    /// <summary>How often it would have opened an alert, and about whom. The draft must be without faults.</summary>
    public async Task<RuleTrial> TryAsync(AlertRuleDraft draft, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var range = RuleCounts.RangeOf(now - Back, now);
        var candidates = await _counts.FindCandidatesAsync(draft.By, draft.Code, draft.Threshold, range, cancellationToken);
        List<RuleTrialCase> cases = [];
        foreach (var candidate in candidates.Take(MostFollowed))
        {
            var minutes = await _counts.ReadMinutesAsync(draft.By, draft.Code, candidate.Value, range, cancellationToken);
            if (CountOpenings(minutes, draft.Threshold, draft.Window) is > 0 and var openings)
            {
                cases.Add(new RuleTrialCase(candidate.Value, openings, candidate.Count));
            }
        }

        return new RuleTrial(cases.Sum(one => one.Openings), candidates.Count > MostFollowed, cases);
    }

    /// <summary>How often the sum over a window came to the threshold, where it is over after a whole window below.</summary>
    internal static int CountOpenings(IReadOnlyList<RefusalCount> minutes, int threshold, TimeSpan window)
    {
        var steps = minutes.GroupBy(minute => minute.At).OrderBy(step => step.Key)
            .Select(step => (At: step.Key, Count: step.Sum(minute => minute.Count)))
            .ToArray();
        var (openings, sum, first) = (0, 0L, 0);
        DateTimeOffset? lastAbove = null;
        foreach (var (at, count) in steps)
        {
            sum += count;
            while (steps[first].At <= at - window)
            {
                sum -= steps[first++].Count;
            }

            if (sum >= threshold)
            {
                // Steps without refusals are left out: it goes on for a window after the last step, and is over a window later.
                openings += lastAbove is { } last && at - last < 2 * window ? 0 : 1;
                lastAbove = at;
            }
        }

        return openings;
    }
}

/// <summary>What a rule would have done.</summary>
/// <param name="Openings">How many alerts it would have opened.</param>
/// <param name="IsLeast">True where more had so many refusals than were followed.</param>
/// <param name="Cases">About whom, those with most refusals first.</param>
public sealed record RuleTrial(int Openings, bool IsLeast, IReadOnlyList<RuleTrialCase> Cases);

/// <summary>One about whom a rule would have opened alerts.</summary>
/// <param name="Value">The client, address or subject; "total" for a rule over all.</param>
/// <param name="Openings">How often.</param>
/// <param name="Count">How many refusals it had in all.</param>
public sealed record RuleTrialCase(string Value, int Openings, long Count);
