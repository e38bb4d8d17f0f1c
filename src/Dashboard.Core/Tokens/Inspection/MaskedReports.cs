using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.LiveKit.Inspection;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>Reports as somebody of a role may see them.</summary>
public static class MaskedReports
{
    private static readonly string MaskJson = JsonSerializer.Serialize(ClaimMask.Mask);

    /// <summary>The report, with the values of masked claims hidden.</summary>
    public static TokenReport MaskedFor(this TokenReport report, string? role, ClaimMask mask) =>
        report.Claims is { } claims ? report.With(mask.Apply(claims, role)) : report;

    // What is told of the claims is told of those that may be seen.
    private static TokenReport With(this TokenReport report, JsonElement claims) =>
        report with { Claims = claims, LiveKit = report.LiveKit is { } liveKit ? LiveKitReport.Of(claims, liveKit.Answers) : null };

    /// <summary>The comparison, with the values of masked claims hidden; whether they differ is still said.</summary>
    public static IReadOnlyList<ComparedMember> MaskedFor(
        this IReadOnlyList<ComparedMember> members, string? role, ClaimMask mask) =>
    [
        .. members.Select(member => member with
        {
            Left = Masked(member, member.Left, role, mask), Right = Masked(member, member.Right, role, mask),
        }),
    ];

    private static string? Masked(ComparedMember member, string? json, string? role, ClaimMask mask) =>
        json is null ? null : mask.Hides(member.Name, role) ? MaskJson : mask.Apply(json, role);
}
