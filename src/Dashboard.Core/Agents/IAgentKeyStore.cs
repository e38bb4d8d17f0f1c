using Dashboard.Core.Audit;

namespace Dashboard.Core.Agents;

/// <summary>Keeps agent keys. Every adapter must pass <c>AgentKeyStoreContract</c>.</summary>
internal interface IAgentKeyStore
{
    /// <summary>Every key, newest first: people make them one by one.</summary>
    Task<IReadOnlyList<AgentKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Up to so many keys that expire from a time on and before another, the first to expire first; found by an index.
    /// </summary>
    Task<IReadOnlyList<AgentKey>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a key; false, and nothing changed, where one with its id or its newest secret is there.</summary>
    Task<bool> AddAsync(AgentKey added, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a key whose stored version is still that of <paramref name="changed"/>; the stored one is one higher then. Uses
    /// that were recorded since stay. False, and nothing changed, where somebody else was faster.
    /// </summary>
    Task<bool> ReplaceAsync(AgentKey changed, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes a key that no agent is registered with; false, and nothing changed, where one is or there is no such key.</summary>
    Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Notes when keys were last used, and by whom; never turns a time back, and needs no version.</summary>
    Task RecordAsync(IReadOnlyCollection<AgentKeyUse> uses, CancellationToken cancellationToken);
}

/// <summary>An agent asked with a key.</summary>
internal sealed record AgentKeyUse(string KeyId, string AgentId, DateTimeOffset At);
