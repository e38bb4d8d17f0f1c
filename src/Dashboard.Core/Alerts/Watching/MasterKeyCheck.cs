using System.Security.Cryptography;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Notices that the store is sealed by another master key than this node has. Where the key comes from a file, the new one is
/// read first: after a change that is all it takes.
/// </summary>
internal sealed class MasterKeyCheck(IReencryptionStore store, SystemSecrets secrets, AlertBook book) : INodeAlertCheck
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var sealers = (await store.ReadAsync(cancellationToken)).Select(value => MasterKey.IdOf(value.Value)).OfType<string>().ToHashSet();
        if (Fits(sealers) || (TryReload() && Fits(sealers)))
        {
            return;
        }

        await book.RaiseAsync(
            new AlertDraft(
                AlertKinds.MasterKeyMismatch,
                secrets.MasterKey.Id,
                AlertSeverity.Critical,
                "A node has another master key than the store",
                $"The store is sealed by master key {string.Join(", ", sealers.Order(StringComparer.Ordinal))}, but {Environment.MachineName} "
                + $"works with {secrets.MasterKey.Id}. It can neither read new keys nor rotate: give it the key of the store and start it again.",
                "/keys")
            {
                Times = 0,
            },
            cancellationToken);
    }

    private bool Fits(HashSet<string> sealers) => sealers.All(id => id == secrets.MasterKey.Id);

    private bool TryReload()
    {
        try
        {
            secrets.Reload();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
