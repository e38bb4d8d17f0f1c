using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>Others whose tokens are good here, and how their keys are.</summary>
public sealed class TrustedIssuers
{
    /// <summary>How soon the keys of one issuer can be fetched again by hand.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(10);

    /// <summary>What the id of a change begins with that is about an issuer; its name follows.</summary>
    internal const string ChangePrefix = "issuer:";

    private readonly IssuerKeys _keys;
    private readonly AccessControl _access;
    private readonly AuditLog _audit;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal TrustedIssuers(IssuerKeys keys, AccessControl access, AuditLog audit, IChangeFeed feed, TimeProvider clock) =>
        (_keys, _access, _audit, _feed, _clock) = (keys, access, audit, feed, clock);

    /// <summary>All of them in the order of the settings, from memory.</summary>
    public IReadOnlyList<TrustedIssuerHealth> List() => [.. _keys.All.Select(HealthOf)];

    /// <summary>
    /// Fetches an issuer's keys now, whatever their age, and makes other nodes do so: a key that it withdrew verifies nothing
    /// any more then. Written to the audit log before anybody is called.
    /// </summary>
    /// <param name="name">Which one, by its name.</param>
    /// <param name="reason">Why, in that person's words.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="cancellationToken">Ends the waiting, not the fetching.</param>
    /// <exception cref="Primitives.StoreUnavailableException">It cannot be written down, so nothing was fetched.</exception>
    public async Task<IssuerRefresh> RefreshAsync(
        string name, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        if (_keys.All.FirstOrDefault(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } issuer)
        {
            return new IssuerRefresh.Unknown();
        }

        if (issuer.Place is null)
        {
            return new IssuerRefresh.NothingToFetch();
        }

        if (_keys.Peek(issuer).TriedAt + CoolDown - _clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            return new IssuerRefresh.TooSoon(wait);
        }

        await _audit.RecordReadAsync(
            new AuditEntry(who, "issuer.keys_fetched", "issuer", issuer.Name, reason, After: AuditJson.Write(("issuer", issuer.Issuer))),
            cancellationToken);
        await _feed.TellAsync(new Change(ChangeKind.Keys, ChangePrefix + issuer.Name));
        var known = await _keys.RefreshAsync(issuer, CoolDown, cancellationToken);
        return known.Fault is { } fault
            ? new IssuerRefresh.Failed(fault, HealthOf(issuer))
            : new IssuerRefresh.Fetched(HealthOf(issuer));
    }

    private TrustedIssuerHealth HealthOf(TrustedIssuer issuer) =>
        IssuerHealth.Of(issuer, _keys.Peek(issuer), _clock.GetUtcNow());
}

/// <summary>What came of fetching an issuer's keys by hand.</summary>
public abstract record IssuerRefresh
{
    private IssuerRefresh()
    {
    }

    public sealed record Fetched(TrustedIssuerHealth Health) : IssuerRefresh;

    /// <summary>They cannot be had. Those that were had before stay as good as they are.</summary>
    public sealed record Failed(string Fault, TrustedIssuerHealth Health) : IssuerRefresh;

    /// <summary>They were asked for a moment ago.</summary>
    public sealed record TooSoon(TimeSpan Wait) : IssuerRefresh;

    /// <summary>Its key is in the settings.</summary>
    public sealed record NothingToFetch : IssuerRefresh;

    /// <summary>Nobody of that name is trusted.</summary>
    public sealed record Unknown : IssuerRefresh;
}
