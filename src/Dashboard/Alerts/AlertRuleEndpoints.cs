using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Alerts;

/// <summary>Rules of alerts in the API.</summary>
internal static class AlertRuleEndpoints
{
    /// <summary>Lists the rules that raise alerts.</summary>
    /// <remarks>All of them on one page: people make them one by one.</remarks>
    internal static async Task<Ok<PageJson<AlertRuleJson>>> ListAsync(AlertRules rules, CancellationToken cancellationToken)
    {
        AlertRuleJson[] items = [.. (await rules.ListAsync(cancellationToken)).Select(AlertRuleJson.Of)];
        return TypedResults.Ok(new PageJson<AlertRuleJson>(items, null, items.Length, false));
    }

    /// <summary>Gives one rule.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<AlertRuleJson>, ProblemResult>> FindAsync(
        string id, AlertRules rules, CancellationToken cancellationToken) =>
        await rules.FindAsync(id, cancellationToken) is { } rule
            ? TypedResults.Ok(AlertRuleJson.Of(rule))
            : Problems.Create(ErrorCode.NotFound, AlertRefusals.UnknownRule);

    /// <summary>Adds a rule.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<AlertRuleJson>, ProblemResult>> CreateAsync(
        CreateAlertRuleRequest body,
        HttpContext context,
        AlertRules rules,
        Creations creations,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfAlertRule);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await rules.CreateAsync(body.ToDraft(), body.Reason.Trim(), context.Actor(), cancellationToken))
        {
            case AlertRuleChange.Changed { Rule: var made }:
                await creation.MadeAsync(made.Id);
                return TypedResults.Created($"/dashboard/alert-rules/{made.Id}", AlertRuleJson.Of(made));
            case var refused:
                return Refusal(refused);
        }
    }

    /// <summary>Says how often a rule would have raised an alert in the last days. Changes nothing.</summary>
    internal static async Task<Results<Ok<AlertRuleTrialJson>, ProblemResult>> TryAsync(
        TryAlertRuleRequest body, RulePreview preview, CancellationToken cancellationToken)
    {
        var draft = body.ToDraft();
        return AlertRules.FaultsOf(draft) is { Count: > 0 } faults
            ? Problems.Invalid(faults)
            : TypedResults.Ok(AlertRuleTrialJson.Of(await preview.TryAsync(draft, cancellationToken)));
    }

    /// <summary>Replaces a rule.</summary>
    /// <remarks>The version that is sent must be the one that is stored: whoever was overtaken gets 409.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<AlertRuleJson>, ProblemResult>> UpdateAsync(
        string id, ChangeAlertRuleRequest body, HttpContext context, AlertRules rules, CancellationToken cancellationToken) =>
        await rules.UpdateAsync(id, body.ToDraft(), body.Version, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            AlertRuleChange.Changed { Rule: var rule } => TypedResults.Ok(AlertRuleJson.Of(rule)),
            var refused => Refusal(refused),
        };

    /// <summary>Deletes a rule.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] AlertDeletionRequest? body,
        HttpContext context,
        AlertRules rules,
        CancellationToken cancellationToken)
    {
        if (DeletionReasons.Of(body?.Reason, context.Request) is not { } reason)
        {
            return DeletionReasons.Missing();
        }

        return await rules.DeleteAsync(id, reason, context.Actor(), cancellationToken) is var change and not AlertRuleChange.Deleted
            ? Refusal(change)
            : TypedResults.NoContent();
    }

    private static ProblemResult Refusal(AlertRuleChange change) => change switch
    {
        AlertRuleChange.Invalid { Faults: var faults } => Problems.Invalid(faults),
        AlertRuleChange.Unknown => Problems.Create(ErrorCode.NotFound, AlertRefusals.Describe(change)),
        AlertRuleChange.Overtaken { Rule.Version: var version } => Problems.Create(
            ErrorCode.Conflict, AlertRefusals.Describe(change), ("version", version)),
        _ => Problems.Create(ErrorCode.Conflict, AlertRefusals.Describe(change)),
    };
}

/// <summary>A rule to be made.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Code">The stable code that is counted; absent for any.</param>
/// <param name="By">Whose refusals are counted together; absent for everybody's.</param>
/// <param name="Threshold">From how many on there is an alert.</param>
/// <param name="Minutes">Within how many minutes.</param>
/// <param name="Severity">How soon somebody should look; absent for a warning.</param>
/// <param name="Enabled">Absent for yes.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateAlertRuleRequest(
    [property: Required, StringLength(100)] string Name,
    [property: StringLength(60)] string? Code,
    AlertRuleBy? By,
    [property: Required, Range(1, 1_000_000)] int? Threshold,
    [property: Required, Range(1, 1_440)] int? Minutes,
    AlertSeverity? Severity,
    bool? Enabled,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason)
{
    internal AlertRuleDraft ToDraft() => AlertDrafts.Of(Name, Code, By, Threshold, Minutes, Severity, Enabled);
}

/// <summary>What a rule is to be, whole.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Code">The stable code that is counted; absent for any.</param>
/// <param name="By">Whose refusals are counted together; absent for everybody's.</param>
/// <param name="Threshold">From how many on there is an alert.</param>
/// <param name="Minutes">Within how many minutes.</param>
/// <param name="Severity">How soon somebody should look; absent for a warning.</param>
/// <param name="Enabled">Absent for yes.</param>
/// <param name="Version">That of the rule as it was looked at; absent for whatever is stored.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record ChangeAlertRuleRequest(
    [property: Required, StringLength(100)] string Name,
    [property: StringLength(60)] string? Code,
    AlertRuleBy? By,
    [property: Required, Range(1, 1_000_000)] int? Threshold,
    [property: Required, Range(1, 1_440)] int? Minutes,
    AlertSeverity? Severity,
    bool? Enabled,
    long? Version,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason)
{
    internal AlertRuleDraft ToDraft() => AlertDrafts.Of(Name, Code, By, Threshold, Minutes, Severity, Enabled);
}

/// <summary>A rule to be tried on the last day.</summary>
/// <param name="Code">The stable code that is counted; absent for any.</param>
/// <param name="By">Whose refusals are counted together; absent for everybody's.</param>
/// <param name="Threshold">From how many on there would have been an alert.</param>
/// <param name="Minutes">Within how many minutes.</param>
public sealed record TryAlertRuleRequest(
    [property: StringLength(60)] string? Code,
    AlertRuleBy? By,
    [property: Required, Range(1, 1_000_000)] int? Threshold,
    [property: Required, Range(1, 1_440)] int? Minutes)
{
    internal AlertRuleDraft ToDraft() => AlertDrafts.Of("preview", Code, By, Threshold, Minutes, null, true);
}

/// <summary>Why something goes.</summary>
public sealed record AlertDeletionRequest(string? Reason);

/// <summary>Drafts of rules from the members of requests.</summary>
internal static class AlertDrafts
{
    public static AlertRuleDraft Of(
        string name, string? code, AlertRuleBy? by, int? threshold, int? minutes, AlertSeverity? severity, bool? isEnabled) => new(
        name.Trim(),
        string.IsNullOrWhiteSpace(code) ? null : code.Trim(),
        by ?? AlertRuleBy.None,
        threshold ?? 0,
        TimeSpan.FromMinutes(minutes ?? 0),
        severity ?? AlertSeverity.Warning,
        isEnabled ?? true);
}
