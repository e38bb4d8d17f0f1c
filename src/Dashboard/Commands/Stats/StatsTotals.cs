using Dashboard.Core.Alerts;
using Dashboard.Core.Clients;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Keys;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Storage.Status;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Failures;
using Dashboard.Hosting.Stats;

namespace Dashboard.Commands.Stats;

/// <summary>What the sum of everything says beside the overview's numbers. Its members are those of the answer in JSON.</summary>
/// <param name="Tokens">All that are kept, by status.</param>
/// <param name="LiveTokensByKind">Those that are good, by kind; kinds without any are left out.</param>
/// <param name="Clients">Registrations by what they may do now.</param>
/// <param name="Keys">Keys by state.</param>
/// <param name="RefusedLastHour">Requests refused in the last hour.</param>
/// <param name="OpenAlerts">Alerts that nobody has taken on.</param>
/// <param name="Store">Where everything is kept.</param>
/// <param name="LastPurge">The last time that what had outlived its retention was deleted; null where that never was.</param>
internal sealed record StatsTotals(
    IReadOnlyDictionary<string, CountJson> Tokens,
    IReadOnlyDictionary<string, CountJson> LiveTokensByKind,
    IReadOnlyDictionary<string, CountJson> Clients,
    IReadOnlyDictionary<string, int> Keys,
    long RefusedLastHour,
    int OpenAlerts,
    StoreTotals Store,
    PurgeRun? LastPurge)
{
    public static async Task<StatsTotals> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var tokens = services.GetRequiredService<TokenDirectory>();
        var kinds = await CountAsync<TokenKind>(kind => CountAsync(tokens, new LedgerFilter { Status = TokenStatus.Live, Kind = kind }, cancellationToken));
        var store = (await services.GetRequiredService<DeploymentStatus>().ReadAsync(cancellationToken)).Store;
        return new StatsTotals(
            Named(await CountAsync<TokenStatus>(status => CountAsync(tokens, new LedgerFilter { Status = status }, cancellationToken)), NameOf),
            Named(kinds.Where(kind => kind.Value.Count > 0), kind => kind.Name),
            Named(await ReadClientsAsync(services.GetRequiredService<ClientDirectory>(), cancellationToken), NameOf),
            services.GetRequiredService<KeyRing>().All.CountBy(key => key.State)
                .OrderBy(state => state.Key).ToDictionary(state => NameOf(state.Key), state => state.Value, StringComparer.Ordinal),
            await CountLastHourAsync(services.GetRequiredService<FailureReader>(), cancellationToken),
            await services.GetRequiredService<AlertBook>().CountOpenAsync(cancellationToken),
            new StoreTotals(store.Kind, store.Place, store.Format, store.Bytes),
            await services.GetRequiredService<PurgeWorker>().FindLastRunAsync(cancellationToken));
    }

    private static async Task<CountJson> CountAsync(TokenDirectory tokens, LedgerFilter filter, CancellationToken cancellationToken)
    {
        var page = await tokens.ListAsync(filter, null, 1, cancellationToken);
        return new CountJson(page.Total, page.TotalIsCapped);
    }

    private static async Task<IReadOnlyList<KeyValuePair<ClientStanding, CountJson>>> ReadClientsAsync(
        ClientDirectory clients, CancellationToken cancellationToken)
    {
        var counts = await CountAsync<ClientStanding>(async standing =>
        {
            var page = await clients.ListAsync(new ClientFilter { Standing = standing }, null, 1, cancellationToken);
            return new CountJson(page.Total, page.TotalIsCapped);
        });

        // What has ended is no client any more.
        return [.. counts.Where(count => count.Key is not ClientStanding.Gone)];
    }

    private static async Task<long> CountLastHourAsync(FailureReader failures, CancellationToken cancellationToken)
    {
        var steps = failures.StepsOf(FailureTime.Hour, TimeZoneInfo.Utc);
        return (await failures.ReadSeriesAsync(RefusalFilter.None, steps, cancellationToken)).Total;
    }

    private static async Task<IReadOnlyList<KeyValuePair<T, CountJson>>> CountAsync<T>(Func<T, Task<CountJson>> count)
        where T : struct, Enum
    {
        List<KeyValuePair<T, CountJson>> counts = [];
        foreach (var value in Enum.GetValues<T>())
        {
            counts.Add(new(value, await count(value)));
        }

        return counts;
    }

    private static Dictionary<string, CountJson> Named<T>(IEnumerable<KeyValuePair<T, CountJson>> counts, Func<T, string> nameOf) =>
        counts.ToDictionary(count => nameOf(count.Key), count => count.Value, StringComparer.Ordinal);

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>Where everything is kept.</summary>
internal sealed record StoreTotals(string Kind, string Place, int Format, long? Bytes);
