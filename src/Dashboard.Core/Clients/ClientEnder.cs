using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Clients;

/// <summary>The only way to end a client: what is left of it says so, and everything it was given is revoked.</summary>
internal sealed class ClientEnder(ClientChanges changes, TokenRevocations revocations, EventLog events, TimeProvider clock)
{
    /// <summary>Ends a client that was read just now. Whoever asks was asked for the right to that.</summary>
    /// <param name="client">As it was read.</param>
    /// <param name="reason">What the tombstone says.</param>
    /// <param name="who">An operator, Signet, or the client itself.</param>
    /// <param name="why">Why, for the audit log and its revocation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is left; null where it had ended, or somebody changed or used it since it was read.</returns>
    public async Task<Client?> EndAsync(
        Client client, ClientEndReason reason, Actor who, string why, CancellationToken cancellationToken)
    {
        if (client.Ended is not null)
        {
            return null;
        }

        var now = clock.GetUtcNow().CutToMilliseconds();
        var tombstone = client with
        {
            Secrets = [],
            RegistrationTokenHash = null,
            RedirectUris = [],
            ExtraClaims = null,
            Details = ClientDetails.None,
            Ended = new ClientEnding(reason, now, who.Name),
        };
        if (await changes.ReplaceAsync(client, tombstone, ActionOf(reason), why, who, cancellationToken) is not { } ended)
        {
            return null;
        }

        events.Record(new SecurityEvent
        {
            At = now,
            Kind = EventKinds.ClientEnded,
            Outcome = EventOutcome.Succeeded,
            Client = client.Id,
            Origin = RequestOrigin.None with { Ip = who.Ip },
            Detail = $"The registration of {client.Id} ended ({reason}), by {who.Name}: {why}",
        });

        return await CutOffAsync(ended, who, why, cancellationToken);
    }

    /// <summary>
    /// Revokes everything that a client was given which has ended, and notes that. After the end, so that nothing can be issued
    /// to it behind the cut-off; where it fails, <see cref="ClientCleaner"/> makes up for it.
    /// </summary>
    public async Task<Client> CutOffAsync(Client ended, Actor who, string why, CancellationToken cancellationToken)
    {
        await revocations.RevokeClientAsync(ended.Id, who, why, cancellationToken);
        await changes.SetCutOffAsync(ended.Id, cancellationToken);
        return ended with { Ended = ended.Ended! with { IsCutOff = true } };
    }

    private static string ActionOf(ClientEndReason reason) => reason switch
    {
        ClientEndReason.Deleted => "client.deleted",
        ClientEndReason.Expired => "client.expired",
        ClientEndReason.Unused => "client.pruned",
        ClientEndReason.Rejected => "client.rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
