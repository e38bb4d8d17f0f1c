using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Stats;

namespace Dashboard.Overview;

/// <summary>Everything that the overview shows at one moment, as far as a role may see it.</summary>
public sealed record OverviewBoard
{
    public required SystemHealth Health { get; init; }

    public required OverviewNumbers Numbers { get; init; }

    public required FailingNow Failing { get; init; }

    /// <summary>Refusals that were kept, newest first.</summary>
    public required IReadOnlyList<SecurityEvent> Refusals { get; init; }

    /// <summary>Alerts that nobody has taken on.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>What runs out, the soonest first; null for whoever may not know.</summary>
    public required IReadOnlyList<SoonExpiringItem>? Expiring { get; init; }

    /// <summary>The newest changes; null for whoever may not read the audit log.</summary>
    public required IReadOnlyList<AuditRecord>? Changes { get; init; }

    /// <summary>A few of the tokens there are, for the first steps.</summary>
    public required IReadOnlyList<LedgerEntry> Tokens { get; init; }

    /// <summary>True where an application is registered.</summary>
    public required bool HasClients { get; init; }
}

/// <summary>Reads the overview: it is the one page that shows several features.</summary>
public sealed class OverviewReader(OverviewSources sources, HealthReader health, FailingNowReader failing, TimeProvider clock)
{
    private const int Newest = 8;
    private const int MostAlerts = 5;
    private const int MostExpiring = 8;

    /// <summary>Reads what a role may see. What it may not see is not even loaded.</summary>
    /// <exception cref="Core.Primitives.StoreUnavailableException">The store cannot be read.</exception>
    public async Task<OverviewBoard> ReadAsync(string? role, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var refusals = new EventFilter(Outcome: EventOutcome.Refused);
        var fails = await failing.ReadAsync(zone, cancellationToken);
        var ledger = await sources.Tokens.CountAsync(clock.GetUtcNow() - OverviewNumbers.Window, cancellationToken);
        return new OverviewBoard
        {
            Health = await health.ReadAsync(cancellationToken),
            Numbers = new OverviewNumbers(ledger, fails.Codes),
            Failing = fails,
            Refusals = (await sources.Events.ListAsync(refusals, null, Newest, cancellationToken)).Items,
            Alerts = (await sources.Alerts.ListAsync(new AlertFilter(AlertState.Open), null, MostAlerts, cancellationToken)).Items,
            Expiring = AccessTable.Allows(role, Right.ReadKeys)
                ? [.. (await sources.Expiring.ReadAsync(cancellationToken)).Take(MostExpiring)]
                : null,
            Changes = AccessTable.Allows(role, Right.ReadAudit)
                ? await sources.Audit.ReadNewestAsync(new AuditFilter(), Newest, cancellationToken)
                : null,
            Tokens = (await sources.Tokens.ListAsync(new LedgerFilter(), null, FirstSteps.Few, cancellationToken)).Items,
            HasClients = (await sources.Clients.ListAsync(new ClientFilter(), null, 1, cancellationToken)).Items is not [],
        };
    }
}

/// <summary>What the overview reads from in the core.</summary>
public sealed record OverviewSources(
    TokenDirectory Tokens, EventLog Events, AuditLog Audit, ClientDirectory Clients, AlertBook Alerts, SoonExpiring Expiring);
