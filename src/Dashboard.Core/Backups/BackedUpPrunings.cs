using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>
/// The records of prunings in a backup, judged by the keys that are in it: what nobody of ours signed moves nothing, and is itself
/// a fault, as it will be in the restored log.
/// </summary>
internal sealed class BackedUpPrunings(SealedValues values)
{
    private readonly Dictionary<string, (KeyMaterial Material, bool IsRevoked)> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, AuditRecord> _telling = [];
    private readonly List<PruningRow> _rows = [];

    /// <summary>A key that may have signed one.</summary>
    public void AddKey(StoreRow row) => _keys[row.Text("key_id")] = (
        KeyMaterial.Import(Enum.Parse<KeyAlgorithm>(row.Text("algorithm")), values.Open(BackupOrder.Keys, "sealed_private_part", row)),
        StoredKeyRow.StateOf(row.Text("state")) is KeyState.Revoked);

    /// <summary>An entry of the log, which may tell of one.</summary>
    public void AddEntry(AuditRecord record)
    {
        if (record.Entry.Action is AuditPruning.Action)
        {
            _telling[record.Number] = record;
        }
    }

    public void Add(StoreRow row) => _rows.Add(new PruningRow(row.Number("number"), row.Text("statement"), row.Number("entry")));

    /// <summary>What the first entry of the log follows, and what is wrong with the records; null where nothing is.</summary>
    public (AuditHead Head, string? Fault) Judge()
    {
        AuditPruning? newest = null;
        string? fault = null;
        foreach (var row in _rows.OrderByDescending(row => row.Number))
        {
            if (Open(row, newest is not null) is { } pruning)
            {
                newest ??= pruning;
            }
            else
            {
                fault ??= PruningFault.Unsigned(row.Number).Text;
            }
        }

        return (newest?.Last ?? AuditHead.Empty, fault);
    }

    private AuditPruning? Open(PruningRow row, bool isOld)
    {
        if (PruningText.Open(row) is not { Pruning: var pruning, Signed: var signed }
            || !_keys.TryGetValue(signed.KeyId, out var key))
        {
            return null;
        }

        // A key that was revoked since is anybody's: what it signed counts where the log tells of it.
        return AuditSigner.Judge(signed, key.Material, key.IsRevoked) switch
        {
            SignatureState.Trusted => pruning,
            SignatureState.OfRevokedKey when isOld || (_telling.TryGetValue(row.Entry, out var record) && pruning.IsToldBy(record)) => pruning,
            _ => null,
        };
    }
}
