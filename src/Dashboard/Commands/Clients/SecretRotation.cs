using Dashboard.Core.Clients;

namespace Dashboard.Commands.Clients;

/// <summary><c>clients rotate-secret</c>.</summary>
internal sealed class SecretRotation(ClientChange change, string id)
{
    private readonly CommandRun _run = change.Run;

    /// <summary>Makes a new secret and prints it once.</summary>
    /// <param name="lifetime">How long the new secret works; null for as long as the client.</param>
    /// <param name="revokesOld">True to end those before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<int> RunAsync(TimeSpan? lifetime, bool revokesOld, CancellationToken cancellationToken) => change.WithAsync(
        id,
        client => revokesOld || _run.IsDryRun
            ? SettleAsync(client, lifetime, revokesOld, cancellationToken)
            : AddAsync([], lifetime, cancellationToken),
        cancellationToken);

    private async Task<int> SettleAsync(Client client, TimeSpan? lifetime, bool revokesOld, CancellationToken cancellationToken)
    {
        var old = revokesOld ? client.Secrets : [];
        var consequence = $"{ClientAnswers.NameOf(client)} gets a new secret. "
            + (old is []
                ? "Those it has work on."
                : $"Those it has stop working at once: {string.Join(", ", old.Select(secret => secret.Prefix + "…"))}. This cannot be undone.");
        if (_run.Settle(consequence, new { client_id = id, revoked_secrets = old.Select(secret => secret.Id) }) is { } ended)
        {
            return ended;
        }

        // Room for the new one, which comes before the newest goes: the client is never without a secret.
        foreach (var secret in old.SkipLast(1))
        {
            if (await DeleteAsync(secret, cancellationToken) is { } refused)
            {
                return ClientAnswers.Refuse(_run, refused);
            }
        }

        return await AddAsync([.. old.TakeLast(1)], lifetime, cancellationToken);
    }

    private async Task<int> AddAsync(IReadOnlyList<ClientSecret> replaced, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var added = await change.Administration.AddSecretAsync(id, lifetime, _run.Reason, CommandRun.Who, cancellationToken);
        if (added is not ClientUpdate.Changed { Client: var client, Secret: { } made })
        {
            return ClientAnswers.Refuse(_run, added);
        }

        foreach (var secret in replaced)
        {
            // Somebody may have been faster. The new secret is told in any case: nobody sees it again.
            client = await change.Administration.DeleteSecretAsync(id, secret.Id, true, _run.Reason, CommandRun.Who, cancellationToken)
                is ClientUpdate.Changed { Client: var left } ? left : client;
        }

        return ClientAnswers.Secret(
            _run,
            change.Of(client) with { ClientSecret = made },
            $"{ClientAnswers.NameOf(client)} has a new secret"
            + (client.Secrets.Count > 1 ? $", beside {client.Secrets.Count - 1} that it had" : "")
            + ". It is shown once:");
    }

    private async Task<ClientUpdate?> DeleteAsync(ClientSecret secret, CancellationToken cancellationToken) =>
        await change.Administration.DeleteSecretAsync(id, secret.Id, true, _run.Reason, CommandRun.Who, cancellationToken)
            is var update and not (ClientUpdate.Changed or ClientUpdate.Already) ? update : null;
}
