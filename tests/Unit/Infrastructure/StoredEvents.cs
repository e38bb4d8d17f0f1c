using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;

namespace Dashboard.Tests.Unit.Infrastructure;

internal static class StoredEvents
{
    extension(IEventStore store)
    {
        /// <summary>Adds events that nobody counts.</summary>
        public Task AppendAsync(IReadOnlyList<SecurityEvent> events, CancellationToken cancellationToken) =>
            store.AppendAsync(events, new Dictionary<RollupCell, long>(), cancellationToken);
    }
}
