using System.Text.Json;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Core.Sharing;

/// <summary>What is shared: a report, and of a refusal where and when it was.</summary>
/// <param name="At">When the token was judged.</param>
/// <param name="Endpoint">What refused it; null for the inspector.</param>
/// <param name="Report">Redacted once it is stored.</param>
public sealed record SharedReport(DateTimeOffset At, string? Endpoint, TokenReport Report)
{
    /// <summary>What there is to share of a refusal; null where no report was stored, or not one that this version can read.</summary>
    public static SharedReport? Of(SecurityEvent refusal)
    {
        try
        {
            return refusal.Report is { } json && JsonSerializer.Deserialize<TokenReport>(json, ReportJson.Options) is { } report
                ? new SharedReport(refusal.At, refusal.Origin.Endpoint, report)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What there is to share of an inspection.</summary>
    public static SharedReport Of(TokenReport inspected) => new(inspected.Context.At, null, inspected);
}

/// <summary>A shared report that somebody may read.</summary>
/// <param name="Share">Who shares it, and until when.</param>
/// <param name="Report">What is shared.</param>
public sealed record OpenedShare(ReportShare Share, SharedReport Report);
