using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway.Reading;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Core.Gateway;

/// <summary>
/// Takes over the clients and tokens of an MCP OAuth Gateway. Can be run again: what came along before stays what it has become
/// here, and what is new comes along too.
/// </summary>
public sealed class GatewayImport
{
    // So many writes at once are committed together.
    private const int AtOnce = 32;

    private readonly GatewayPlanner _planner;
    private readonly ClientChanges _clients;
    private readonly ITokenLedger _ledger;
    private readonly RefreshTokens _refreshTokens;
    private readonly KeyRing _ring;
    private readonly KeyMaking _keys;
    private readonly AccessControl _access;
    private readonly AuditLog _audit;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal GatewayImport(
        GatewayPlanner planner,
        ClientChanges clients,
        ITokenLedger ledger,
        RefreshTokens refreshTokens,
        KeyRing ring,
        KeyMaking keys,
        AccessControl access,
        AuditLog audit,
        EventLog events,
        IChangeFeed feed,
        TimeProvider clock)
    {
        (_planner, _clients, _ledger, _refreshTokens, _ring, _keys) = (planner, clients, ledger, refreshTokens, ring, keys);
        (_access, _audit, _events, _feed, _clock) = (access, audit, events, feed, clock);
    }

    /// <summary>Says what <see cref="RunAsync"/> would do now, and does nothing.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<GatewayOutcome> PreviewAsync(
        GatewayTakeover takeover, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        await _ring.RefreshAsync(cancellationToken);
        if (FaultsOf(takeover) is { Count: > 0 } faults)
        {
            return new GatewayOutcome.Invalid(faults);
        }

        var (key, isKeyNew) = FindKey(takeover);
        var plan = await _planner.PlanAsync(takeover, key?.KeyId, FaultOf(key), progress, cancellationToken);
        return new GatewayOutcome.Done(plan.ReportOf(takeover, key?.KeyId, isKeyNew));
    }

    /// <summary>Does it. Where it is interrupted it can be run again.</summary>
    /// <exception cref="StoreUnavailableException">The store failed; a part may be done.</exception>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<GatewayOutcome> RunAsync(
        GatewayTakeover takeover, Actor who, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        _access.Demand(who, Right.ManageClients);
        _access.Demand(who, Right.ManageTokens);
        await _ring.RefreshAsync(cancellationToken);
        if (FaultsOf(takeover) is { Count: > 0 } faults)
        {
            return new GatewayOutcome.Invalid(faults);
        }

        // The key first: a token whose row is there before its key would be refused as one that nobody knows.
        var (found, isKeyNew) = FindKey(takeover);
        if (isKeyNew && await TakeKeyAsync(takeover, who, cancellationToken) is { } refused)
        {
            return new GatewayOutcome.Invalid(refused);
        }

        var key = found is null ? null : _ring.Find(found.KeyId);
        var plan = await _planner.PlanAsync(takeover, key?.KeyId, FaultOf(key), progress, cancellationToken);
        var reason = takeover.Reason ?? $"Taken over from {takeover.Issuer}";
        await EachAsync(
            GatewaySorts.Registrations, plan.Clients, client => _clients.AddAsync(client, reason, who, cancellationToken), progress, cancellationToken);
        await EachAsync(
            GatewaySorts.Tokens, plan.Tokens, row => _ledger.AddAsync(row, null, cancellationToken), progress, cancellationToken);
        await EachAsync(
            GatewaySorts.RefreshTokens, plan.RefreshTokens, token => _refreshTokens.AdoptAsync(token, cancellationToken), progress, cancellationToken);
        var report = plan.ReportOf(takeover, key?.KeyId, isKeyNew);
        await RecordAsync(report, takeover.Reason, who, cancellationToken);
        return new GatewayOutcome.Done(report);
    }

    private List<FieldFault> FaultsOf(GatewayTakeover takeover)
    {
        List<FieldFault> faults = [];
        if (!Uri.TryCreate(takeover.Issuer, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            faults.Add(new FieldFault("issuer", "must be the iss of the gateway’s tokens, such as https://auth.example.com"));
        }

        if (takeover.Key is { } import)
        {
            var key = _keys.Read(import, out var wrong);
            faults.AddRange(wrong);
            if (key is not null && _keys.FindSame(key.Material)?.Issuer is { } other && other != takeover.Issuer)
            {
                faults.Add(new FieldFault("issuer", $"must be {other}, for which this key was brought here before"));
            }
        }

        return faults;
    }

    private async Task<IReadOnlyList<FieldFault>?> TakeKeyAsync(GatewayTakeover takeover, Actor who, CancellationToken cancellationToken) =>
        await _keys.TakeOverAsync(takeover.Key!, takeover.Issuer, who, cancellationToken) switch
        {
            KeyCreation.Invalid invalid => invalid.Faults,
            KeyCreation.Overtaken => throw new StoreUnavailableException("The keys were changed by somebody else meanwhile. Run this again."),
            _ => null,
        };

    // The key that signs for it, and whether it comes with this takeover.
    private (SigningKey? Key, bool IsNew) FindKey(GatewayTakeover takeover)
    {
        var read = takeover.Key is { } import ? _keys.Read(import, out _) : null;
        var known = read is null ? KeyOf(takeover.Issuer) : _keys.FindSame(read.Material);
        var key = known ?? read;
        return (key, key is not null && known?.Issuer != takeover.Issuer);
    }

    private SigningKey? KeyOf(string issuer) =>
        _ring.All.Where(key => key.Issuer == issuer).OrderByDescending(key => key.IsTrusted).FirstOrDefault();

    private static string? FaultOf(SigningKey? key) => key switch
    {
        null => LeftOut.NoKey,
        { IsTrusted: false } => LeftOut.KeyOver,
        _ => null,
    };

    private async Task EachAsync<T>(
        string sort, List<T> items, Func<T, Task> write, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (item, _) =>
            {
                await write(item);
                progress?.Report(new GatewayProgress(sort, Interlocked.Increment(ref done), items.Count));
            });
        if (items is not [])
        {
            await _feed.TellAsync(new Change(ChangeKind.Tokens, null));
        }
    }

    private async Task RecordAsync(GatewayReport report, string? reason, Actor who, CancellationToken cancellationToken)
    {
        if (report.ChangesNothing)
        {
            return;
        }

        await _audit.RecordReadAsync(
            new AuditEntry(
                who,
                "gateway.imported",
                "gateway",
                report.Issuer,
                reason,
                After: AuditJson.Write(
                [
                    ("key", report.KeyId),
                    .. report.Counts.Where(count => count.Why is null).Select(count => (
                        count.Sort, (string?)count.TakenOver.ToString(CultureInfo.InvariantCulture))),
                    ("left_out", report.LeftOut.Count.ToString(CultureInfo.InvariantCulture)),
                ])),
            cancellationToken);
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.GatewayImported,
            Outcome = EventOutcome.Succeeded,
            Detail = $"Taken over from {report.Issuer}: " + string.Join(", ", report.Counts.Where(count => count.Why is null)
                .Select(count => $"{count.TakenOver.ToString(CultureInfo.InvariantCulture)} {count.Sort}")) + ".",
        });
    }
}
