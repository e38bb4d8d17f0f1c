using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dashboard.Hosting;

/// <summary><c>/healthz</c> says that the process lives, <c>/readyz</c> that it can do its work. Anonymous callers learn no more.</summary>
internal static class Health
{
    private const string AlivePath = "/healthz";
    public const string ReadyPath = "/readyz";

    /// <summary>Where ARCP's clients ask; answered with <c>Arcp</c>'s other addresses.</summary>
    public const string ArcpPath = "/health";

    /// <summary>True for the addresses which orchestrators ask over plain http.</summary>
    public static bool IsPath(PathString path) => path == AlivePath || path == ReadyPath || path == ArcpPath;

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StoreCheck>("store")
            .AddCheck<KeyRingCheck>("key_ring")
            .AddCheck<EventQueueCheck>("event_queue");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous()
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        routes.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = WriteAsync })
            .AllowAnonymous()
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Health));
        foreach (var (check, entry) in report.Entries.Where(entry => entry.Value.Status is not HealthStatus.Healthy))
        {
            logger.NotReady(check, entry.Description);
        }

        var checks = context.User.Identity is { IsAuthenticated: true }
            ? report.Entries.ToDictionary(entry => entry.Key, entry => NameOf(entry.Value.Status), StringComparer.Ordinal)
            : null;
        return context.Response.WriteAsJsonAsync(new Answer(NameOf(report.Status), checks), Json.Options, context.RequestAborted);
    }

    private static string NameOf(HealthStatus status) => status is HealthStatus.Unhealthy ? "unavailable" : "ok";

    private sealed record Answer(string Status, IReadOnlyDictionary<string, string>? Checks);
}

internal sealed class StoreCheck(IStoreHealth store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await store.IsReadyAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the store cannot be read and written");
}

internal sealed class KeyRingCheck(KeyRing keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.All.Any(key => key.State is KeyState.Current)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("no key signs"));
}

internal sealed class EventQueueCheck(EventLog events) : IHealthCheck
{
    // Nearly full: from here on events are about to be lost.
    private const int TooMany = EventLog.QueueLength / 10 * 9;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(events.Waiting < TooMany
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("events come faster than they are stored"));
}
