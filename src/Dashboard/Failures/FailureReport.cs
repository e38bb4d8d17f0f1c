using System.Text.Json;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
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

    /// <summary>True where something was refused: other requests leave events under their reference, too.</summary>
    public bool IsRefusal => Event.Outcome is not EventOutcome.Succeeded;

    public string Cause => Report?.Cause ?? Event.Detail ?? "Nothing more was stored about it.";

    public string NextStep => Report?.NextStep
        ?? "The caller should try again. If it fails again, give this reference to whoever runs Signet: it leads to the log.";

    /// <summary>Reads what was stored, as a role may see it; a report of another version of Signet that cannot be read is left out.</summary>
    public static FailureReport Of(SecurityEvent item, string? role, ClaimMask mask)
    {
        try
        {
            return new FailureReport(
                item,
                item.Report is null
                    ? null
                    : JsonSerializer.Deserialize<TokenReport>(item.Report, ReportJson.Options)?.MaskedFor(role, mask));
        }
        catch (JsonException)
        {
            return new FailureReport(item, null);
        }
    }
}
