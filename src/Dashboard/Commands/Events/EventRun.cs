using Dashboard.Core;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Hosting.Failures;

namespace Dashboard.Commands.Events;

/// <summary><c>events list</c> and <c>events tail</c>.</summary>
internal sealed class EventRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WithFilterAsync(
        (services, filter) =>
        {
            var (events, mask) = (services.GetRequiredService<EventLog>(), services.GetRequiredService<ClaimMask>());
            return run.ListAsync(
                (cursor, limit) => events.ListAsync(filter, cursor, limit, cancellationToken),
                item => FailureJson.Of(item, null, mask),
                new CommandTable("TIME", "KIND", "OUTCOME", "CODE", "CLIENT", "SUBJECT", "ADDRESS", "REQUEST", "DETAIL"),
                (table, item) => table.Add(
                    CommandText.Time(item.At),
                    item.Kind,
                    item.Outcome.ToString().ToLowerInvariant(),
                    item.Code,
                    item.ClientId,
                    item.Subject,
                    item.Ip,
                    item.RequestId,
                    item.Detail));
        },
        CoreParts.Everything,
        cancellationToken);

    public Task<int> TailAsync(int lines, bool follows, CancellationToken cancellationToken) => WithFilterAsync(
        (services, filter) =>
        {
            var tail = new EventTail(
                run, services.GetRequiredService<EventLog>(), services.GetRequiredService<ClaimMask>(), filter);
            return follows
                ? tail.FollowAsync(
                    lines, services.GetRequiredService<IChangeFeed>(), services.GetRequiredService<TimeProvider>(), cancellationToken)
                : tail.PrintNewestAsync(lines, cancellationToken);
        },
        follows ? CoreParts.News : CoreParts.Everything,
        cancellationToken);

    private Task<int> WithFilterAsync(
        Func<IServiceProvider, EventFilter, Task<int>> work, CoreParts parts, CancellationToken cancellationToken) => run.WithCoreAsync(
        services =>
        {
            var filter = EventFilters.Read(run.Parsed, services.GetRequiredService<TimeProvider>().GetUtcNow(), out var faults);
            return faults is [] ? work(services, filter) : Task.FromResult(FilterOptions.Refuse(run, faults));
        },
        cancellationToken,
        parts);
}
