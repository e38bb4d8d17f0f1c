using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.OneTime;

/// <summary>Decides who uses first what can be used only once: tickets, codes, ids of proofs.</summary>
public sealed class OneTimeUses
{
    /// <summary>How long a use is remembered beyond the end of what was used: clocks of nodes differ, and are set back.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly IOneTimeStore _store;

    internal OneTimeUses(IOneTimeStore store) => _store = store;

    /// <summary>
    /// True for the first of any number of calls with this purpose and id, on whatever node, also after a restart; ids of
    /// different purposes never meet. The caller must refuse what has expired by itself: its use is forgotten some time after.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell; refuse.</exception>
    public Task<bool> TryUseAsync(string purpose, string id, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        _store.UseAsync(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{id}")), expiresAt, cancellationToken);
}
