using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients.Registration;

/// <summary>How clients register themselves: what an administrator decided, or else what the configuration says.</summary>
public sealed class RegistrationPolicies
{
    /// <summary>What changes of the policy go by in the feed and the audit log.</summary>
    internal const string Name = "registration-policy";

    private readonly IRegistrationPolicyStore _store;
    private readonly RegistrationPolicy _configured;
    private readonly ScopeHierarchy _hierarchy;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly Lock _taking = new();
    private volatile RegistrationPolicy _current;

    internal RegistrationPolicies(
        IRegistrationPolicyStore store,
        IOptions<RegistrationOptions> options,
        ScopeHierarchy hierarchy,
        AccessControl access,
        IChangeFeed feed)
    {
        (_store, _hierarchy, _access, _feed) = (store, hierarchy, access, feed);
        _current = _configured = options.Value.ToPolicy();
    }

    /// <summary>As far as this node knows; it hears of changes elsewhere within seconds.</summary>
    public RegistrationPolicy Current => _current;

    /// <summary>The policy to decide by: from memory where that is sure to be true, from the store otherwise.</summary>
    /// <exception cref="StoreUnavailableException">Memory may be old and the store cannot be read.</exception>
    public async ValueTask<RegistrationPolicy> GetAsync(CancellationToken cancellationToken)
    {
        if (!_feed.IsCurrent)
        {
            await LoadAsync(cancellationToken);
        }

        return _current;
    }

    /// <summary>Changes the policy from the version that it was read with.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<RegistrationPolicyChange> ChangeAsync(
        RegistrationPolicy policy, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        if (RegistrationPolicyRules.FaultsOf(policy, _hierarchy) is { Count: > 0 } faults)
        {
            return new RegistrationPolicyChange.Invalid(faults);
        }

        await LoadAsync(cancellationToken);
        var before = _current;
        if (before.Version != policy.Version)
        {
            return new RegistrationPolicyChange.Overtaken(before);
        }

        var audit = new AuditEntry(
            who, "registration.policy_changed", "registration", Name, reason, Describe(before), Describe(policy));
        var isReplaced = await _store.ReplaceAsync(policy, audit, cancellationToken);
        await LoadAsync(cancellationToken);
        if (!isReplaced)
        {
            return new RegistrationPolicyChange.Overtaken(_current);
        }

        await _feed.TellAsync(new Change(ChangeKind.Clients, Name), new Change(ChangeKind.Audit, null));
        return new RegistrationPolicyChange.Changed(_current);
    }

    /// <summary>Reads the policy. Call once at start, and after a change.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        var found = await _store.FindAsync(cancellationToken) ?? _configured;

        // A slow answer must not replace a newer one.
        lock (_taking)
        {
            if (found.Version >= _current.Version)
            {
                _current = found;
            }
        }
    }

    private static string Describe(RegistrationPolicy policy) => AuditJson.Write(
        ("mode", policy.Mode.Name),
        ("client_lifetime", policy.ClientLifetime?.ToString()),
        ("scopes", ScopeText.Join(policy.AllowedScopes)));
}

/// <summary>What became of a change of the policy. Nothing changed unless it says so.</summary>
public abstract record RegistrationPolicyChange
{
    private RegistrationPolicyChange()
    {
    }

    public sealed record Changed(RegistrationPolicy Policy) : RegistrationPolicyChange;

    /// <summary>Somebody else changed it since it was read.</summary>
    public sealed record Overtaken(RegistrationPolicy Policy) : RegistrationPolicyChange;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : RegistrationPolicyChange;
}
