using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>What of the clients expires soon: their registrations and their secrets.</summary>
public sealed class ClientExpiries
{
    /// <summary>No more registrations, and no more secrets, than a person reads.</summary>
    internal const int Most = 100;

    private readonly IClientStore _store;
    private readonly TimeProvider _clock;

    internal ClientExpiries(IClientStore store, TimeProvider clock) => (_store, _clock) = (store, clock);

    /// <summary>
    /// What expires from now on and within a time, the soonest first; of registrations and of secrets at most so many that a
    /// person reads them.
    /// </summary>
    public async Task<IReadOnlyList<ClientExpiry>> FindAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var clients = await _store.FindExpiringAsync(now, now + within, Most, cancellationToken);
        return
        [
            .. clients.SelectMany(client => client.Secrets
                    .Select(secret => new ClientExpiry(client.Id, client.Name, secret.Prefix, secret.ExpiresAt))
                    .Append(new ClientExpiry(client.Id, client.Name, null, client.ExpiresAt)))
                .Where(expiry => expiry.At >= now && expiry.At < now + within)
                .OrderBy(expiry => expiry.At)
                .GroupBy(expiry => expiry.SecretPrefix is null)
                .SelectMany(sort => sort.Take(Most))
                .OrderBy(expiry => expiry.At),
        ];
    }
}

/// <summary>Something of a client that expires.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ClientName">What people call it.</param>
/// <param name="SecretPrefix">How the secret begins; null for the registration itself.</param>
/// <param name="At">When; null for what never does.</param>
public sealed record ClientExpiry(string ClientId, string ClientName, string? SecretPrefix, DateTimeOffset? At);
