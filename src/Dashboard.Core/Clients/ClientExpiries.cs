using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>What of the clients expires soon, or did lately: their registrations and their secrets.</summary>
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
    public Task<IReadOnlyList<ClientExpiry>> FindAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().CutToMilliseconds();
        return FindAsync(now, now + within, _ => true, cancellationToken);
    }

    /// <summary>
    /// What expired within a time before now, as many as of what will. A secret beside one that works was replaced, and is none of
    /// these.
    /// </summary>
    public Task<IReadOnlyList<ClientExpiry>> FindExpiredAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().CutToMilliseconds();
        return FindAsync(
            now - within, now, client => !client.Secrets.Any(secret => secret.WorksAt(now)), cancellationToken);
    }

    private async Task<IReadOnlyList<ClientExpiry>> FindAsync(
        DateTimeOffset from, DateTimeOffset before, Predicate<Client> hasSecrets, CancellationToken cancellationToken)
    {
        var clients = await _store.FindExpiringAsync(from, before, Most, cancellationToken);
        return
        [
            .. clients.SelectMany(client => (hasSecrets(client) ? client.Secrets : [])
                    .Select(secret => new ClientExpiry(client.Id, client.Name, secret.Prefix, secret.ExpiresAt))
                    .Append(new ClientExpiry(client.Id, client.Name, null, client.ExpiresAt)))
                .Where(expiry => expiry.At >= from && expiry.At < before)
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
