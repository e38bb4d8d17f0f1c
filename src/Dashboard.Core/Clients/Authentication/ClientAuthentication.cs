using Dashboard.Core.Events;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>
/// Decides whether a client is who it says it is. Whoever proves nothing learns nothing: unknown clients, wrong credentials
/// and disabled clients are answered alike. Only what a client may know about itself is said to it, and what is left of a
/// client that is gone is no secret.
/// </summary>
public sealed class ClientAuthentication
{
    /// <summary>What everybody is told who did not prove to be a client that may act.</summary>
    public const string AnyRefusal = "Client authentication failed.";

    private const int LongestId = 200;

    private readonly ClientDirectory _clients;
    private readonly ClientAssertions _assertions;
    private readonly ClientUses _uses;
    private readonly EventLog _events;
    private readonly TimeProvider _clock;

    internal ClientAuthentication(
        ClientDirectory clients, ClientAssertions assertions, ClientUses uses, EventLog events, TimeProvider clock) =>
        (_clients, _assertions, _uses, _events, _clock) = (clients, assertions, uses, events, clock);

    /// <summary>Judges a client's credential. A success counts as a use of the client; a failure is recorded.</summary>
    /// <exception cref="Primitives.StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public async Task<ClientAuthOutcome> AuthenticateAsync(
        ClientCredential credential, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var id = IdOf(credential) is { } claimed && IsId(claimed) ? claimed : null;
        var client = id is null ? null : await _clients.FindAsync(id, cancellationToken);
        var proof = credential switch
        {
            ClientCredential.Secret secret => SecretProof.Of(client, secret.Value, now),
            ClientCredential.Assertion assertion => await _assertions.CheckAsync(client, assertion.Jwt, cancellationToken),
            ClientCredential.None => ProofOfPublic(client),
            var other => throw new InvalidOperationException($"No proof for {other.GetType().Name}."),
        };
        if (RefusalOf(client, proof, now) is { } refusal)
        {
            _events.Record(new SecurityEvent
            {
                At = now,
                Kind = EventKinds.ClientRefused,
                Outcome = EventOutcome.Refused,
                Code = "invalid_client",
                Client = id,
                Origin = origin,
                Detail = refusal.Detail,
            });
            return new ClientAuthOutcome.Refused(refusal.Said);
        }

        _uses.Record(client!.Id, proof.SecretId);
        return new ClientAuthOutcome.Accepted(client);
    }

    private static ClientProof ProofOfPublic(Client? client) => client switch
    {
        null => ClientProof.Failed("No client has this id."),
        { IsPublic: true } => ClientProof.Good(),
        _ => ClientProof.Failed("It gave its id alone, but is registered to prove itself."),
    };

    // What the client is told, and what the event log keeps.
    private static (string Said, string Detail)? RefusalOf(Client? client, ClientProof proof, DateTimeOffset now)
    {
        if (client?.Ended is { } ended)
        {
            // Its secrets went with it, so nobody can prove to be it; and there is nothing left to protect.
            var said = EndingOf(ended);
            return (said, said);
        }

        if (client is null || !proof.IsGood)
        {
            return (AnyRefusal, proof.Fault ?? "No client has this id.");
        }

        return client.StandingAt(now) switch
        {
            ClientStanding.Good => null,
            ClientStanding.Pending => Same("The registration of this client waits for the approval of an administrator."),
            ClientStanding.Expired => Same($"The registration of this client expired on {Times.Iso(client.ExpiresAt)}."),
            ClientStanding.Disabled or ClientStanding.Gone => (AnyRefusal, "The client is disabled."),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

        static (string, string) Same(string text) => (text, text);
    }

    private static string EndingOf(ClientEnding ended) => ended.Reason switch
    {
        ClientEndReason.Deleted => $"This client was deleted on {Times.Iso(ended.At)}.",
        ClientEndReason.Expired => $"The registration of this client expired, and it was removed on {Times.Iso(ended.At)}.",
        ClientEndReason.Unused => $"This client was removed on {Times.Iso(ended.At)} because it was never used.",
        ClientEndReason.Rejected => $"The registration of this client was rejected on {Times.Iso(ended.At)}.",
        var other => throw new InvalidOperationException($"No sentence for {other}."),
    };

    private static string? IdOf(ClientCredential credential) => credential switch
    {
        ClientCredential.Secret secret => secret.ClientId,
        ClientCredential.Assertion assertion => assertion.ClientId ?? ClientAssertions.SubjectOf(assertion.Jwt),
        ClientCredential.None none => none.ClientId,
        _ => null,
    };

    // Nothing else is looked up, remembered or written to the log.
    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(sign => sign is > ' ' and <= '~');
}
