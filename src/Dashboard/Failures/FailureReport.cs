using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Sharing;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Failures;

/// <summary>A stored refusal as the page shows it. Its report is the inspector's, taken at the moment of the refusal.</summary>
public sealed record FailureReport(SecurityEvent Event, TokenReport? Report)
{
    /// <summary>The checks in order; empty where no report was stored.</summary>
    public IReadOnlyList<CheckLine> Checks { get; } =
    [
        .. (Report?.Checks ?? []).Select(check => new CheckLine(
            check.Name,
            check.Title,
            check.Status switch
            {
                CheckStatus.Passed => CheckMark.Passed,
                CheckStatus.Failed => CheckMark.Failed,
                _ => CheckMark.NotReached,
            },
            check.Code,
            check.Detail)),
    ];

    /// <summary>What there is to share of it; null where no report was stored, or not one that can be read.</summary>
    public SharedReport? Shared { get; private init; }

    public string Cause => Report?.Cause ?? Event.Detail ?? "Nothing more was stored about it.";

    public string NextStep => Report?.NextStep
        ?? "The caller should try again. If it fails again, give this reference to whoever runs Signet: it leads to the log.";

    /// <summary>Reads what was stored, as a role may see it; a report of another version of Signet that cannot be read is left out.</summary>
    public static FailureReport Of(SecurityEvent item, string? role, ClaimMask mask)
    {
        var shared = SharedReport.Of(item);
        return new FailureReport(item, shared?.Report.MaskedFor(role, mask)) { Shared = shared };
    }
}
