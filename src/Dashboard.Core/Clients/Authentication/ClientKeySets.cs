using System.Text;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Outbound;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>
/// The public keys of clients: from their registration, or from the address it names. Keys that were had stay good while their
/// address fails.
/// </summary>
internal sealed class ClientKeySets(GuardedHttp http, TimeProvider clock)
{
    /// <summary>How long a set is believed without looking again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How soon it is looked at again for a key that is not in it.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(1);

    private const int MostKeys = 10;

    // Of its own: however many clients register, nobody else's keys are forgotten for theirs.
    private readonly FetchedKeySets _fetched = new(http, clock);

    /// <summary>The keys of a client; none where it has none, or where they cannot be had.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="keyId">The key that is looked for; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting, not the fetching: others may wait for the same.</param>
    public async Task<IReadOnlyList<PublicKey>> FindAsync(Client client, string? keyId, CancellationToken cancellationToken) =>
        client.Details switch
        {
            { Jwks: { } json } => JwkSetReader.Read(Encoding.UTF8.GetBytes(json), MostKeys) ?? [],
            { JwksUri: { } address } => (await _fetched.FindAsync(PlaceOf(address), keyId, cancellationToken)).Keys,
            _ => [],
        };

    // A client names it, and so it is never in our network.
    private static KeySetPlace PlaceOf(string address) => new(address, Lifetime, CoolDown, MayBePrivate: false, MostKeys);
}
