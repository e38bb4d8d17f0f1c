using System.Collections.Frozen;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Operators;

/// <summary>Every operator, in memory. Each request asks it, so it never waits; it follows changes made anywhere.</summary>
public sealed class OperatorDirectory : IDisposable
{
    private readonly IOperatorStore _store;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _operators = Snapshot.Of([]);

    internal OperatorDirectory(IOperatorStore store) => _store = store;

    /// <summary>False in a new store.</summary>
    public bool HasAny => _operators.ById.Count > 0;

    /// <summary>Finds by id; null where there is none.</summary>
    public OperatorAccount? Find(string operatorId) => _operators.ById.GetValueOrDefault(operatorId);

    /// <summary>Finds by name, whatever its case; null where there is none.</summary>
    public OperatorAccount? FindByName(string userName) =>
        userName.Length <= UserNames.MaximumLength
            ? _operators.ByName.GetValueOrDefault(UserNames.Normalize(userName))
            : null;

    /// <summary>Everybody, by name.</summary>
    public IReadOnlyList<OperatorAccount> All => _operators.Sorted;

    /// <summary>Finds whose passkey this is; null where it is nobody's.</summary>
    public OperatorAccount? FindByPasskey(byte[] credentialId) => _operators.Sorted.FirstOrDefault(found =>
        found.SecondFactors.Passkeys.Any(passkey => passkey.Is(credentialId)));

    /// <summary>True where the operator exists and may act.</summary>
    public bool IsEnabled(string operatorId) => Find(operatorId) is { IsEnabled: true };

    public void Dispose() => _reading.Dispose();

    /// <summary>Loads everybody. Call once at start, and after a change so that whoever made it sees it.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        // One at a time: an older reading must not replace a newer one.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var stored = await _store.ReadAsync(cancellationToken);
            if (stored.Count == 0 && HasAny)
            {
                // At least one always remains: somebody emptied the store under us, and nobody's session ends for that.
                throw new StoreUnavailableException("The store has lost its operators.");
            }

            _operators = Snapshot.Of(stored);
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Snapshot(
        FrozenDictionary<string, OperatorAccount> ById,
        FrozenDictionary<string, OperatorAccount> ByName,
        IReadOnlyList<OperatorAccount> Sorted)
    {
        public static Snapshot Of(IReadOnlyList<OperatorAccount> operators) => new(
            operators.ToFrozenDictionary(item => item.Id, StringComparer.Ordinal),
            operators.ToFrozenDictionary(item => UserNames.Normalize(item.UserName), StringComparer.Ordinal),
            [.. operators.OrderBy(item => UserNames.Normalize(item.UserName), StringComparer.Ordinal)]);
    }
}
