using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks;

/// <summary>Makes, lists, changes and deletes webhooks. Every change stands in the audit log.</summary>
public sealed class WebhookAdministration
{
    /// <summary>There are no more: each has deliveries under way at once.</summary>
    public const int Most = 50;

    /// <summary>How long a secret signs beside its successor.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const int MostTries = 5;

    private readonly IWebhookStore _store;
    private readonly WebhookSecrets _secrets;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;

    internal WebhookAdministration(
        IWebhookStore store,
        WebhookSecrets secrets,
        AccessControl access,
        IChangeFeed feed,
        IOptions<WebhookOptions> options,
        TimeProvider clock) =>
        (_store, _secrets, _access, _feed, _options, _clock) = (store, secrets, access, feed, options.Value, clock);

    /// <summary>True where the settings let some webhooks be in our own network.</summary>
    public bool MayAnyBePrivate => _options.AllowPrivateAddresses || _options.AllowedHosts.Trim() is not "";

    /// <summary>Every webhook, newest first.</summary>
    public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken) => _store.ReadAsync(cancellationToken);

    /// <summary>Null where there is none.</summary>
    public Task<Webhook?> FindAsync(string id, CancellationToken cancellationToken) => _store.FindAsync(id, cancellationToken);

    /// <summary>Makes a webhook.</summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="reason">Why; null where nobody was asked.</param>
    /// <param name="who">An administrator with a fresh proof.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<WebhookChange> CreateAsync(WebhookDraft draft, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        if (WebhookRules.FaultsOf(draft, _options) is { Count: > 0 } faults)
        {
            return new WebhookChange.Invalid(faults);
        }

        var (id, now) = (Webhook.IdPrefix + Identifiers.NewId(), Now());
        var (shown, kept) = _secrets.Make(id, now);
        var added = Apply(new Webhook
        {
            Id = id,
            Name = draft.Name,
            Url = draft.Url,
            Secret = kept,
            CreatedBy = who.Name,
            CreatedAt = now,
        }, draft);
        if (!await _store.AddAsync(added, Most, WebhookAudit.Of(who, "webhook.created", null, added, reason), cancellationToken))
        {
            return new WebhookChange.TooMany(Most);
        }

        await TellAsync(id);
        return new WebhookChange.Changed(added, shown);
    }

    /// <summary>Changes a webhook. One that Signet disabled and that is enabled again is told of alerts from then on.</summary>
    /// <param name="id">Which.</param>
    /// <param name="draft">All of what it is to be.</param>
    /// <param name="version">The version that was changed, so that nobody's change is lost; null for whichever it has.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<WebhookChange> ChangeAsync(
        string id, WebhookDraft draft, long? version, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        return WebhookRules.FaultsOf(draft, _options) is { Count: > 0 } faults
            ? new WebhookChange.Invalid(faults)
            : await ReplaceAsync(id, Change, "webhook.changed", reason, who, cancellationToken);

        WebhookChange Change(Webhook found) => version is { } known && known != found.Version
            ? new WebhookChange.Stale(found)
            : new WebhookChange.Changed(Apply(found, draft));
    }

    /// <summary>
    /// Gives a webhook another secret. The one before signs too for <see cref="Overlap"/>; where one signed on from an earlier
    /// rotation, that ends now.
    /// </summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<WebhookChange> RotateSecretAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        var now = Now();
        var (shown, kept) = _secrets.Make(id, now);
        return ReplaceAsync(
            id,
            found => new WebhookChange.Changed(
                found with { Secret = kept, PreviousSecret = found.Secret with { EndsAt = now + Overlap } }, shown),
            "webhook.secret_rotated",
            reason,
            who,
            cancellationToken);
    }

    /// <summary>Deletes a webhook with its deliveries, those under way too.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<WebhookChange> DeleteAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        if (await _store.FindAsync(id, cancellationToken) is not { } found
            || !await _store.DeleteAsync(id, WebhookAudit.Of(who, "webhook.deleted", found, null, reason), cancellationToken))
        {
            return new WebhookChange.Unknown();
        }

        await TellAsync(id);
        return new WebhookChange.Deleted(found);
    }

    private async Task<WebhookChange> ReplaceAsync(
        string id, Func<Webhook, WebhookChange> decide, string action, string reason, Actor who, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await _store.FindAsync(id, cancellationToken) is not { } found)
            {
                return new WebhookChange.Unknown();
            }

            if (decide(found) is var decided && decided is not WebhookChange.Changed)
            {
                return decided;
            }

            var wanted = (WebhookChange.Changed)decided;
            if (await _store.ReplaceAsync(
                wanted.Webhook, WebhookAudit.Of(who, action, found, wanted.Webhook, reason), cancellationToken))
            {
                await TellAsync(id);
                return wanted with { Webhook = wanted.Webhook with { Version = wanted.Webhook.Version + 1 } };
            }
        }

        // Somebody changes this webhook without end: whoever asked is told to try again.
        throw new StoreUnavailableException("The webhook was changed by others each time.");
    }

    private static Webhook Apply(Webhook webhook, WebhookDraft draft) => webhook with
    {
        Name = draft.Name,
        Url = draft.Url,
        MinimumSeverity = draft.MinimumSeverity,
        Kinds = [.. draft.Kinds.Distinct(StringComparer.Ordinal)],
        IsEnabled = draft.IsEnabled,
        DisabledBecause = draft.IsEnabled ? null : webhook.DisabledBecause,
        MayBePrivate = draft.MayBePrivate,
    };

    private DateTimeOffset Now() => _clock.GetUtcNow().CutToMilliseconds();

    private Task TellAsync(string id) =>
        _feed.TellAsync(new Change(ChangeKind.Webhooks, id), new Change(ChangeKind.Audit, null));
}
