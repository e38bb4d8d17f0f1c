using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>Makes, lists, rotates, disables and deletes what lets agents register. Every change stands in the audit log.</summary>
public sealed class AgentKeys
{
    /// <summary>How long a secret works beside its successor where nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(7);

    /// <summary>No overlap is longer.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    internal const string IdPrefix = "ak_";

    private const int MostTries = 5;

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3_650);

    private readonly IAgentKeyStore _store;
    private readonly AgentKeyDirectory _directory;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;

    internal AgentKeys(
        IAgentKeyStore store,
        AgentKeyDirectory directory,
        AccessControl access,
        IChangeFeed feed,
        IOptions<AgentOptions> options,
        TimeProvider clock) =>
        (_store, _directory, _access, _feed, _options, _clock) = (store, directory, access, feed, options.Value, clock);

    /// <summary>Every key, newest first, with its newest use.</summary>
    public Task<IReadOnlyList<AgentKey>> ListAsync(CancellationToken cancellationToken) => _store.ReadAsync(cancellationToken);

    /// <summary>Up to so many keys that expire from a time on and before another, the first to expire first.</summary>
    public Task<IReadOnlyList<AgentKey>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        _store.FindExpiringAsync(from, before, limit, cancellationToken);

    /// <summary>Makes a key.</summary>
    /// <param name="draft">What it is for, and how far it goes.</param>
    /// <param name="reason">Why; null where nobody was asked.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<AgentKeyChange> CreateAsync(AgentKeyDraft draft, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAgents);
        if (FaultsOf(draft) is { Count: > 0 } faults)
        {
            return new AgentKeyChange.Invalid(faults);
        }

        var (secret, now) = (AgentKeySecrets.New(), Now());
        var added = new AgentKey
        {
            Id = NewId(),
            Label = draft.Label,
            Origin = AgentKeyOrigin.Operator,
            CreatedBy = who.Name,
            CreatedAt = now,
            ExpiresAt = now + draft.Lifetime,
            Secrets = [AgentKeySecrets.Keep(secret, now)],
            AllowedTypes = draft.AllowedTypes,
        };
        var audit = new AuditEntry(who, "agent_key.created", "agent_key", added.Id, reason, After: Describe(added));
        if (!await _store.AddAsync(added, audit, cancellationToken))
        {
            throw new InvalidOperationException("A random id or secret was taken.");
        }

        await TellAsync(added.Id, cancellationToken);
        return new AgentKeyChange.Changed(added, secret);
    }

    /// <summary>
    /// Gives a key another secret. The one before works on for a while; where one worked on from an earlier rotation, that ends
    /// now. It stays one key, which one agent lives by.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="overlap">How long the secret of before works on; zero where it is known to others.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<AgentKeyChange> RotateAsync(
        string id, TimeSpan overlap, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAgents);
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            var most = LongestOverlap.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new AgentKeyChange.Invalid([new FieldFault("overlap", $"must be between 0 and {most} seconds")]);
        }

        var (secret, now) = (AgentKeySecrets.New(), Now());
        return await ChangeAsync(id, Rotate, "agent_key.rotated", reason, who, cancellationToken);

        AgentKeyChange Rotate(AgentKey found) => found.Origin is AgentKeyOrigin.Configuration
            ? new AgentKeyChange.Configured(found)
            : new AgentKeyChange.Changed(
                found with { Secrets = [found.Secrets[^1] with { EndsAt = now + overlap }, AgentKeySecrets.Keep(secret, now)] }, secret);
    }

    /// <summary>Keeps a key out, and its agent with it, or lets them in again. Tokens are refused meanwhile, and not revoked.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public Task<AgentKeyChange> SetEnabledAsync(
        string id, bool isEnabled, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAgents);
        return ChangeAsync(
            id,
            found => found.IsEnabled == isEnabled
                ? new AgentKeyChange.Already(found)
                : new AgentKeyChange.Changed(found with { IsEnabled = isEnabled }),
            isEnabled ? "agent_key.enabled" : "agent_key.disabled",
            reason,
            who,
            cancellationToken);
    }

    /// <summary>Deletes a key that no agent is registered with. One that the configuration names would come back, and stays.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<AgentKeyChange> DeleteAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAgents);
        if (await ReadAsync(id, cancellationToken) is not { } found)
        {
            return new AgentKeyChange.Unknown();
        }

        if (found.Origin is AgentKeyOrigin.Configuration)
        {
            return new AgentKeyChange.Configured(found);
        }

        var audit = new AuditEntry(who, "agent_key.deleted", "agent_key", id, reason, Before: Describe(found));
        var isDeleted = await _store.DeleteAsync(id, audit, cancellationToken);
        await TellAsync(id, cancellationToken);
        return isDeleted ? new AgentKeyChange.Deleted(found)
            : await ReadAsync(id, cancellationToken) is null ? new AgentKeyChange.Unknown()
            : new AgentKeyChange.InUse(found);
    }

    internal static string NewId() => IdPrefix + Identifiers.NewId();

    /// <summary>A key for the audit log.</summary>
    internal static string Describe(AgentKey key) => AuditJson.Write(
        ("label", key.Label),
        ("enabled", key.IsEnabled ? "true" : "false"),
        ("secrets", string.Join(' ', key.Secrets.Select(secret => secret.Prefix))),
        ("allowed_types", key.AllowedTypes is [] ? null : string.Join(' ', key.AllowedTypes)),
        ("expires_at", key.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture)));

    private async Task<AgentKeyChange> ChangeAsync(
        string id, Func<AgentKey, AgentKeyChange> decide, string action, string reason, Actor who, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await ReadAsync(id, cancellationToken) is not { } found)
            {
                return new AgentKeyChange.Unknown();
            }

            var decided = decide(found);
            if (decided is not AgentKeyChange.Changed wanted)
            {
                return decided;
            }

            var audit = new AuditEntry(who, action, "agent_key", id, reason, Describe(found), Describe(wanted.Key));
            if (await _store.ReplaceAsync(wanted.Key, audit, cancellationToken))
            {
                await TellAsync(id, cancellationToken);
                return wanted with { Key = wanted.Key with { Version = wanted.Key.Version + 1 } };
            }
        }

        // Somebody changes this key without end: whoever asked is told to try again.
        throw new StoreUnavailableException("The key was changed by others each time.");
    }

    private async Task<AgentKey?> ReadAsync(string id, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(cancellationToken)).FirstOrDefault(key => key.Id == id);

    private List<FieldFault> FaultsOf(AgentKeyDraft draft)
    {
        List<FieldFault> faults = [];
        if (draft.Label.Length is 0 or > 100 || draft.Label.Any(char.IsControl))
        {
            faults.Add(new FieldFault("label", "must have 1 to 100 characters, and none of them a control character"));
        }

        if (draft.Lifetime < TimeSpan.FromMinutes(1) || draft.Lifetime > LongestLifetime)
        {
            var most = LongestLifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            faults.Add(new FieldFault("lifetime", $"must be between 60 and {most} seconds"));
        }

        if (draft.AllowedTypes.Except(_options.Types, StringComparer.Ordinal).Any())
        {
            faults.Add(new FieldFault("agent_types", $"must be some of {string.Join(", ", _options.Types)}"));
        }

        return faults;
    }

    private DateTimeOffset Now() => _clock.GetUtcNow().CutToMilliseconds();

    // This node first, then the others, and only then whoever asked.
    private async Task TellAsync(string id, CancellationToken cancellationToken)
    {
        await _directory.LoadAsync(cancellationToken);
        await _feed.TellAsync(new Change(ChangeKind.Agents, id), new Change(ChangeKind.Audit, null));
    }
}
