using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Events;

namespace Dashboard.Hosting.Failures;

/// <summary>An event as the API shows it; with its report where one was asked for by reference.</summary>
internal sealed record FailureJson(
    DateTimeOffset At,
    string Kind,
    EventOutcome Outcome,
    string? Code,
    string? Subject,
    string? ClientId,
    string? Jti,
    string? Ip,
    string? UserAgent,
    string? Endpoint,
    string? RequestId,
    string? Detail,
    JsonElement? Report)
{
    public static FailureJson Of(SecurityEvent item, string? role, ClaimMask mask) => new(
        item.At,
        item.Kind,
        item.Outcome,
        item.Code,
        item.Subject,
        item.Client,
        item.TokenId,
        item.Origin.Ip,
        item.Origin.UserAgent,
        item.Origin.Endpoint,
        item.Origin.RequestId,
        item.Detail,
        item.Report is null ? null : mask.Apply(JsonSerializer.Deserialize<JsonElement>(item.Report), role));
}
