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
        async client =>
        {
            var replaced = revokesOld ? client.Secrets : [];
            string[] ids = [.. replaced.Select(secret => secret.Id)];
            if (change.Administration.TryAddSecret(client, ids, lifetime) is var trial and not ClientUpdate.Changed)
            {
                return ClientAnswers.Refuse(_run, trial);
            }

            if ((revokesOld || _run.IsDryRun)
                && _run.Settle(ConsequenceOf(client, replaced), new { client_id = id, revoked_secrets = ids }) is { } ended)
            {
                return ended;
            }

            return Answer(await (ids is []
                ? change.Administration.AddSecretAsync(id, lifetime, _run.Reason, CommandRun.Who, cancellationToken)
                : change.Administration.ReplaceSecretsAsync(id, ids, lifetime, _run.Reason, CommandRun.Who, cancellationToken)));
        },
        cancellationToken);

    private static string ConsequenceOf(Client client, IReadOnlyList<ClientSecret> replaced) =>
        $"{ClientAnswers.NameOf(client)} gets a new secret. "
        + (client.Secrets is [] ? "It has none."
            : replaced is [] ? "Those it has work on."
            : $"Those it has stop working at once: {string.Join(", ", replaced.Select(secret => secret.Prefix + "…"))}. This cannot be undone.");

    private int Answer(ClientUpdate update) => update is ClientUpdate.Changed { Client: var client, Secret: { } made }
        ? ClientAnswers.Secret(
            _run,
            change.Of(client) with { ClientSecret = made },
            $"{ClientAnswers.NameOf(client)} has a new secret"
            + (client.Secrets.Count > 1 ? $", beside {client.Secrets.Count - 1} that it had" : "")
            + ". It is shown once:")
        : ClientAnswers.Refuse(_run, update);
}
