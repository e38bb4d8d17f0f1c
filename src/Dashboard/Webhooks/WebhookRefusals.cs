using Dashboard.Core.Webhooks;
using Dashboard.Hosting;

namespace Dashboard.Webhooks;

/// <summary>Why nothing was done, in one sentence for pages and answers alike.</summary>
internal static class WebhookRefusals
{
    public const string Unknown = "There is no webhook with this id.";

    public static string Describe(WebhookChange change) => change switch
    {
        WebhookChange.Unknown => Unknown,
        WebhookChange.TooMany { Most: var most } => $"There are {most} webhooks already, and no more than that may be. Delete one first.",
        WebhookChange.Stale =>
            "Somebody else changed this webhook since it was read. Nothing was changed: look at it as it is now, then try again.",
        WebhookChange.Invalid { Faults: var faults } => string.Join(' ', faults.Select(fault => $"{fault.Field} {fault.Message}.")),
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };

    public static string Describe(WebhookResend resend) => resend switch
    {
        WebhookResend.Unknown => "There is no such delivery: its webhook was deleted, or it was kept for as long as deliveries are.",
        WebhookResend.Busy => "This delivery is being sent at this moment.",
        WebhookResend.Disabled => "The webhook is disabled: enable it first.",
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };

    public static ProblemResult Of(WebhookChange change) => change switch
    {
        WebhookChange.Invalid { Faults: var faults } => Problems.Invalid(faults),
        WebhookChange.Unknown => Problems.Create(ErrorCode.NotFound, Unknown),
        _ => Problems.Create(ErrorCode.Conflict, Describe(change)),
    };

    public static ProblemResult Of(WebhookResend resend) => Problems.Create(
        resend is WebhookResend.Unknown ? ErrorCode.NotFound : ErrorCode.Conflict, Describe(resend));
}
