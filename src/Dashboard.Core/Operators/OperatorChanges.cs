using Dashboard.Core.Audit;
using Dashboard.Core.Live;

namespace Dashboard.Core.Operators;

/// <summary>Changes an operator from what they are now, again where somebody else was faster, and tells everybody.</summary>
internal sealed class OperatorChanges(IOperatorStore store, OperatorDirectory directory, IChangeFeed feed)
{
    private const int MostTries = 5;

    /// <summary>Applies a change.</summary>
    /// <param name="operatorId">Whose.</param>
    /// <param name="change">What they shall be, from what they are; null to leave them. May be asked several times.</param>
    /// <param name="audit">The log's entry; null for what is no change that anybody made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OperatorChangeOutcome> ApplyAsync(
        string operatorId,
        Func<OperatorAccount, OperatorAccount?> change,
        AuditEntry? audit,
        CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (directory.Find(operatorId) is not { } found || change(found) is not { } changed)
            {
                return OperatorChangeOutcome.Unchanged;
            }

            var replacement = await store.ReplaceAsync(changed, audit, cancellationToken);
            await directory.LoadAsync(cancellationToken);
            switch (replacement)
            {
                case OperatorReplacement.Replaced:
                    await feed.TellAsync(new Change(ChangeKind.Operators, operatorId), new Change(ChangeKind.Audit, null));
                    return OperatorChangeOutcome.Changed;
                case OperatorReplacement.LastAdministrator:
                    return OperatorChangeOutcome.LastAdministrator;
            }
        }

        // Somebody changes this operator without end: whoever asked is told to try again.
        throw new Primitives.StoreUnavailableException("The operator was changed by others each time.");
    }
}

/// <summary>What became of a change of an operator.</summary>
public enum OperatorChangeOutcome
{
    Changed,

    /// <summary>They are what they should become already, are gone, or the change does not fit them any more.</summary>
    Unchanged,

    /// <summary>Nobody would be left who may manage operators.</summary>
    LastAdministrator,
}
