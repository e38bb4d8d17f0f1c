using Dashboard.Core.Audit;

namespace Dashboard.Core.Operators;

/// <summary>Keeps operators. Every adapter must pass <c>OperatorStoreContract</c>.</summary>
internal interface IOperatorStore
{
    /// <summary>Every operator there is.</summary>
    Task<IReadOnlyList<OperatorAccount>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds the very first operator; false, and nothing changed, where there is one already.</summary>
    Task<bool> AddFirstAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Adds an operator; false, and nothing changed, where the name is taken.</summary>
    Task<bool> AddAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Sets a password hash; false, and nothing changed, where the stored hash is not the one the change starts from,
    /// because somebody else was faster.
    /// </summary>
    Task<bool> SetPasswordAsync(PasswordChange change, AuditEntry audit, CancellationToken cancellationToken);
}

/// <summary>A new hash for an operator.</summary>
/// <param name="OperatorId">Whose.</param>
/// <param name="FromHash">The hash that was checked or seen before.</param>
/// <param name="ToHash">The new one.</param>
/// <param name="ToStamp">The new security stamp; the old one where the password stays the same (a stronger hash of it).</param>
/// <param name="MustChange">Whether it must be changed at the next login.</param>
internal sealed record PasswordChange(string OperatorId, string FromHash, string ToHash, string ToStamp, bool MustChange)
{
    /// <summary>Without the hashes.</summary>
    public override string ToString() => OperatorId;
}
