using System.Diagnostics;

namespace Dashboard.Core.Telemetry;

/// <summary>
/// What is traced: nothing where nobody listens. A span says of a token no more than its kind, of a failure no more than its code.
/// </summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Signet);

    public static Activity? StartIssue(string kind) =>
        Source.StartActivity(TelemetryNames.Issue)?.SetTag(TelemetryNames.TokenKind, kind);

    public static Activity? StartValidate() => Source.StartActivity(TelemetryNames.Validate);

    public static Activity? StartRevoke(string scope) =>
        Source.StartActivity(TelemetryNames.Revoke)?.SetTag(TelemetryNames.RevocationScope, scope);

    /// <summary>Only within something that is traced: what is written in the background would be as many traces of one span.</summary>
    public static Activity? StartStoreWrite(string store) => Activity.Current is null
        ? null
        : Source.StartActivity(TelemetryNames.StoreWrite, ActivityKind.Client)?.SetTag(TelemetryNames.Store, store);

    /// <summary>Says why what was asked for was not to be had: an answer, and no failure of ours.</summary>
    public static void SetRefused(this Activity? span, string code) => span?.SetTag(TelemetryNames.ErrorType, code);

    /// <summary>Says that it failed.</summary>
    public static void SetFailed(this Activity? span, string code) =>
        span?.SetTag(TelemetryNames.ErrorType, code).SetStatus(ActivityStatusCode.Error);
}
