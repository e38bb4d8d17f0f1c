using System.Globalization;
using Dashboard.Core;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Hosting;
using Dashboard.Hosting.Failures;

namespace Dashboard.Commands.Events;

/// <summary><c>events list</c> and <c>events tail</c>.</summary>
internal sealed class EventRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WithFilterAsync(
        async (services, filter) =>
        {
            var cursor = run.Parsed.GetValue(VerbOptions.Cursor);
            if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return run.Refuse(Problems.Invalid(new ValidationError("cursor", "is not one that this list gave")));
            }

            var mask = services.GetRequiredService<ClaimMask>();
            var page = await services.GetRequiredService<EventLog>()
                .ListAsync(filter, cursor, run.Parsed.GetValue(VerbOptions.Limit), cancellationToken);
            return run.AnswerPage(
                PageJson<FailureJson>.Of(page, item => FailureJson.Of(item, null, mask)), TableOf(page.Items), page.NextCursor);
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
            return faults is [] ? work(services, filter) : Task.FromResult(run.Refuse(Problems.Invalid(faults)));
        },
        cancellationToken,
        parts);

    private static CommandTable TableOf(IEnumerable<SecurityEvent> events)
    {
        var table = new CommandTable("TIME", "KIND", "OUTCOME", "CODE", "CLIENT", "SUBJECT", "ADDRESS", "REQUEST", "DETAIL");
        foreach (var item in events)
        {
            table.Add(
                CommandText.Time(item.At),
                item.Kind,
                item.Outcome.ToString().ToLowerInvariant(),
                item.Code,
                item.Client,
                item.Subject,
                item.Origin.Ip,
                item.Origin.RequestId,
                item.Detail);
        }

        return table;
    }
}
