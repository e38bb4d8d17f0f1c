using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Failures;

namespace Dashboard.Hosting.Stats;

/// <summary>Reads the overview's numbers for the API and the command line.</summary>
internal sealed class StatsReader(HealthReader health, TokenDirectory directory, RefusalsNowReader refusals, TimeProvider clock)
{
    public async Task<StatsJson> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var numbers = await OverviewNumbers.ReadAsync(directory, refusals, now, cancellationToken);
        var parts = (await health.ReadAsync(cancellationToken)).Items;
        return new StatsJson(
            now,
            now - OverviewNumbers.Window,
            CountJson.Of(numbers.Ledger.Live),
            CountJson.Of(numbers.Ledger.Issued),
            CountJson.Of(numbers.Ledger.Revoked),
            new CountJson(numbers.Refused.Total, false),
            [.. numbers.Refused.Codes.Select(RefusedJson.Of)],
            [.. parts.Select(HealthJson.Of)]);
    }
}
