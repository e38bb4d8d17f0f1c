using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
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
        var group = routes.MapGroup("").WithTags("Health").AllowAnonymous();

        group.MapGet(AlivePath, Alive).WithName("Alive");
        group.MapGet(ReadyPath, ReadyAsync).WithName("Ready").Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Says that the process lives.</summary>
    internal static Ok<HealthAnswer> Alive() => TypedResults.Ok(new HealthAnswer(NameOf(HealthStatus.Healthy), null));

    /// <summary>Says by its status whether the server can do its work.</summary>
    /// <remarks>Whoever is logged in hears which of its parts can: the store, the keys, the queue of events.</remarks>
    internal static async Task<Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>>> ReadyAsync(
        HttpContext context, HealthCheckService service, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var report = await service.CheckHealthAsync(cancellationToken);
        var logger = loggers.CreateLogger(typeof(Health));
        foreach (var (check, entry) in report.Entries.Where(entry => entry.Value.Status is not HealthStatus.Healthy))
        {
            logger.NotReady(check, entry.Description);
        }

        var checks = context.User.Identity is { IsAuthenticated: true }
            ? report.Entries.ToDictionary(entry => entry.Key, entry => NameOf(entry.Value.Status), StringComparer.Ordinal)
            : null;
        var answer = new HealthAnswer(NameOf(report.Status), checks);
        return report.Status is HealthStatus.Unhealthy
            ? TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(answer);
    }

    private static string NameOf(HealthStatus status) => status is HealthStatus.Unhealthy ? "unavailable" : "ok";
}

/// <summary>How the server is.</summary>
/// <param name="Status">ok or unavailable.</param>
/// <param name="Checks">The same for each of its parts; only for whoever is logged in.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string>? Checks);

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
