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
    /// Replaces an operator whose stored version is still that of <paramref name="changed"/>; the stored one is one higher
    /// then. In the same step it makes sure that an enabled administrator remains. The name and the id never change.
    /// </summary>
    /// <param name="changed">The operator as they shall be, with the version that they were read with.</param>
    /// <param name="audit">What the log says of it; null for what is no change that anybody made, such as a code's use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OperatorReplacement> ReplaceAsync(OperatorAccount changed, AuditEntry? audit, CancellationToken cancellationToken);
}

/// <summary>What became of a replacement. Nothing changed unless it says so.</summary>
internal enum OperatorReplacement
{
    Replaced,

    /// <summary>Somebody else was faster, or there is no such operator.</summary>
    Overtaken,

    /// <summary>Nobody would be left who may manage operators.</summary>
    LastAdministrator,
}
