using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Keys.Protection.Reencryption;

/// <summary>Seals everything by a new master key, in one step: a crash leaves all of it under one key, and the next start finds which.</summary>
public sealed class MasterKeyChange
{
    private readonly IReencryptionStore _store;
    private readonly SystemSecrets _secrets;
    private readonly MasterKeySource _source;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;

    internal MasterKeyChange(
        IReencryptionStore store, SystemSecrets secrets, MasterKeySource source, AccessControl access, IChangeFeed feed) =>
        (_store, _secrets, _source, _access, _feed) = (store, secrets, source, access, feed);

    /// <summary>How many values the present master key seals, which are all there are.</summary>
    /// <exception cref="StartupException">One of them cannot be opened.</exception>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var values = await _store.ReadAsync(cancellationToken);
        foreach (var value in values)
        {
            Open(value);
        }

        return values.Count;
    }

    /// <summary>
    /// Seals everything by the new key. Where the present key is a file and the caller gave none, the new one takes its place
    /// and the old one is kept beside it; otherwise the settings have to name the new one from then on.
    /// </summary>
    /// <exception cref="StartupException">There is no place for the new key, or a value cannot be opened.</exception>
    public async Task<MasterKeyChanged> ChangeAsync(string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        var (old, fresh) = (_secrets.MasterKey, _source.PrepareNew());
        if (fresh.Id == old.Id)
        {
            return new MasterKeyChanged(0, old.Id, fresh.Id, null);
        }

        IReadOnlyList<SealedValue> before;
        do
        {
            before = await _store.ReadAsync(cancellationToken);
        }
        while (!await _store.ReplaceAsync(
            before,
            [.. before.Select(value => value with { Value = fresh.Seal(Open(value), value.Purpose) })],
            new AuditEntry(
                who,
                "master_key.changed",
                "master key",
                fresh.Id,
                reason,
                Before: AuditJson.Write(("id", old.Id)),
                After: AuditJson.Write(("id", fresh.Id), ("values", before.Count.ToString(CultureInfo.InvariantCulture)))),
            cancellationToken));

        var place = _source.CompleteNew();
        await _feed.TellAsync(new Change(ChangeKind.Keys, null));
        return new MasterKeyChanged(before.Count, old.Id, fresh.Id, place);
    }

    private byte[] Open(SealedValue value)
    {
        try
        {
            return _secrets.MasterKey.Open(value.Value, value.Purpose);
        }
        catch (CryptographicException exception)
        {
            throw SystemSecrets.WrongMasterKey(exception);
        }
    }
}

/// <summary>What became of a change of the master key.</summary>
/// <param name="Values">How many values were sealed anew; 0 where the store was sealed by that key already.</param>
/// <param name="OldId">The id of the key that opens them no more.</param>
/// <param name="NewId">The id of the key that opens them now.</param>
/// <param name="ReplacedFile">The file that holds the new key now; null where the settings have to name it.</param>
public sealed record MasterKeyChanged(int Values, string OldId, string NewId, string? ReplacedFile);
