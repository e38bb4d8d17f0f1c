using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts;

/// <summary>What somebody should look at: opened by Signet, taken on and muted by people, told to everybody who shows it.</summary>
public sealed class AlertBook
{
    /// <summary>No mute is longer: what nobody wants to hear of for longer is no alert.</summary>
    public static readonly TimeSpan LongestMute = TimeSpan.FromDays(90);

    internal static readonly TimeSpan ShortestMute = TimeSpan.FromMinutes(1);

    private const int MostKey = 300;
    private const int MostTitle = 200;
    private const int MostDetail = 1_000;

    private readonly IAlertStore _store;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ILogger<AlertBook> _logger;

    internal AlertBook(IAlertStore store, AccessControl access, IChangeFeed feed, TimeProvider clock, ILogger<AlertBook> logger) =>
        (_store, _access, _feed, _clock, _logger) = (store, access, feed, clock, logger);

    /// <inheritdoc cref="IAlertStore.ListAsync"/>
    public Task<Page<Alert>> ListAsync(AlertFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(filter, cursor, limit, cancellationToken);

    /// <summary>One alert; null where there is none.</summary>
    public Task<Alert?> FindAsync(string id, CancellationToken cancellationToken) => _store.FindAsync(id, cancellationToken);

    /// <inheritdoc cref="IAlertStore.CountOpenAsync"/>
    public Task<int> CountOpenAsync(CancellationToken cancellationToken) => _store.CountOpenAsync(cancellationToken);

    /// <inheritdoc cref="IAlertStore.ReadOpenedAfterAsync"/>
    public Task<IReadOnlyList<Alert>> ReadOpenedAfterAsync(long number, int limit, CancellationToken cancellationToken) =>
        _store.ReadOpenedAfterAsync(number, limit, cancellationToken);

    /// <inheritdoc cref="IAlertStore.ReadNewestNumberAsync"/>
    public Task<long> ReadNewestNumberAsync(CancellationToken cancellationToken) => _store.ReadNewestNumberAsync(cancellationToken);

    /// <summary>The mutes that hold now, the first to end first.</summary>
    public async Task<IReadOnlyList<AlertMute>> ReadMutesAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        return [.. (await _store.ReadMutesAsync(cancellationToken)).Where(mute => now < mute.Until)];
    }

    /// <summary>Notes that somebody has taken on an alert: it stays open, and no longer asks for attention.</summary>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<AlertAcknowledgement> AcknowledgeAsync(
        string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        if (await _store.FindAsync(id, cancellationToken) is not { } found)
        {
            return new AlertAcknowledgement.Unknown();
        }

        var audit = new AuditEntry(who, "alert.acknowledged", "alert", id, reason, After: AuditJson.Write(
            ("kind", found.Kind), ("key", found.Key), ("title", found.Title)));
        var isDone = await _store.AcknowledgeAsync(id, who.Name, reason, Now(), audit, cancellationToken);
        if (isDone)
        {
            await TellAsync(id);
        }

        return await _store.FindAsync(id, cancellationToken) switch
        {
            null => new AlertAcknowledgement.Unknown(),
            var alert when isDone => new AlertAcknowledgement.Done(alert),
            { State: AlertState.Resolved } alert => new AlertAcknowledgement.Over(alert),
            var alert => new AlertAcknowledgement.Already(alert),
        };
    }

    /// <summary>Lets nobody be told of some alerts for a while. Those are listed and counted on all the same.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="key">About what; null for all of the kind.</param>
    /// <param name="until">From when on one is told again.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<AlertMuting> MuteAsync(
        string kind, string? key, DateTimeOffset until, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        var now = Now();
        if (FaultsOf(kind, key, until, now) is { Count: > 0 } faults)
        {
            return new AlertMuting.Invalid(faults);
        }

        var mute = new AlertMute(kind, key is "" ? null : key, until.CutToMilliseconds(), reason, who.Name, now);
        var audit = new AuditEntry(who, "alerts.muted", "alerts", NameOf(kind, key), reason, After: AuditJson.Write(
            ("kind", kind), ("key", key), ("until", until.ToString("O", CultureInfo.InvariantCulture))));
        await _store.MuteAsync(mute, audit, cancellationToken);
        await TellAsync(null);
        return new AlertMuting.Done(mute);
    }

    /// <summary>Ends a mute. Alerts that went on meanwhile open again. False where there is no such mute.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<bool> UnmuteAsync(string kind, string? key, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        var audit = new AuditEntry(who, "alerts.unmuted", "alerts", NameOf(kind, key), reason);
        var isGone = await _store.UnmuteAsync(kind, key is "" ? null : key, Now(), audit, cancellationToken);
        if (isGone)
        {
            await TellAsync(null);
        }

        return isGone;
    }

    /// <summary>Opens an alert, or counts on the open one of its kind and key.</summary>
    internal async Task<AlertRaise> RaiseAsync(AlertDraft draft, CancellationToken cancellationToken)
    {
        var raise = await _store.RaiseAsync(Cut(draft), Now(), cancellationToken);
        if (raise.Outcome is AlertRaiseOutcome.Opened)
        {
            _logger.AlertOpened(draft.Kind, raise.Alert.Id);
        }

        if (raise.Outcome is not AlertRaiseOutcome.Unchanged)
        {
            _feed.Publish(new Change(ChangeKind.Alerts, raise.Alert.Id));
        }

        return raise;
    }

    /// <summary>Ends the open alert of a kind and key; where it was so after a time, it goes on.</summary>
    internal async Task<Alert?> ResolveAsync(
        string kind, string key, DateTimeOffset? unlessAfter, CancellationToken cancellationToken)
    {
        var over = await _store.ResolveAsync(kind, key, unlessAfter, Now(), cancellationToken);
        if (over is not null)
        {
            _logger.AlertResolved(kind, over.Id);
            _feed.Publish(new Change(ChangeKind.Alerts, over.Id));
        }

        return over;
    }

    /// <summary>Ends the open alerts of a kind, or of all kinds that begin so, that are not among those that go on.</summary>
    internal async Task ResolveOthersAsync(
        string kind, IReadOnlyCollection<string> keysThatGoOn, CancellationToken cancellationToken)
    {
        foreach (var alert in await ReadUnresolvedAsync(kind, cancellationToken))
        {
            if (!keysThatGoOn.Contains(alert.Key))
            {
                await ResolveAsync(alert.Kind, alert.Key, null, cancellationToken);
            }
        }
    }

    /// <summary>The alerts of a kind that are not over.</summary>
    internal async Task<IReadOnlyList<Alert>> ReadUnresolvedAsync(string kind, CancellationToken cancellationToken) =>
        [.. (await ReadUnresolvedAsync(cancellationToken)).Where(alert => alert.Kind == kind)];

    /// <summary>All alerts that are not over.</summary>
    internal Task<IReadOnlyList<Alert>> ReadUnresolvedAsync(CancellationToken cancellationToken) =>
        _store.ReadUnresolvedAsync(10_000, cancellationToken);

    /// <summary>Tells of what goes on although its mute is over.</summary>
    internal async Task EndMutesAsync(CancellationToken cancellationToken)
    {
        if (await _store.EndMutesAsync(Now(), cancellationToken) > 0)
        {
            _feed.Publish(new Change(ChangeKind.Alerts, null));
        }
    }

    private static List<FieldFault> FaultsOf(string kind, string? key, DateTimeOffset until, DateTimeOffset now)
    {
        List<FieldFault> faults = [];
        if (!AlertKinds.IsKnown(kind))
        {
            faults.Add(new FieldFault("kind", $"must be one of {string.Join(", ", AlertKinds.Fixed)}, or rule: and the id of a rule"));
        }

        if (key?.Length > MostKey)
        {
            faults.Add(new FieldFault("key", $"must have at most {MostKey} characters"));
        }

        if (until < now + ShortestMute || until > now + LongestMute)
        {
            faults.Add(new FieldFault("until", $"must be between a minute and {LongestMute.Days} days from now"));
        }

        return faults;
    }

    // What comes from outside is in it.
    private static AlertDraft Cut(AlertDraft draft) => draft with
    {
        Key = CutTo(draft.Key, MostKey),
        Title = CutTo(draft.Title, MostTitle),
        Detail = CutTo(draft.Detail, MostDetail),
    };

    private static string CutTo(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string NameOf(string kind, string? key) => string.IsNullOrEmpty(key) ? kind : $"{kind} {key}";

    private DateTimeOffset Now() => _clock.GetUtcNow().CutToMilliseconds();

    private Task TellAsync(string? id) => _feed.TellAsync(new Change(ChangeKind.Alerts, id), new Change(ChangeKind.Audit, null));
}
