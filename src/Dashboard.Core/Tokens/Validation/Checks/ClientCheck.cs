using Dashboard.Core.Clients;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// Part of 12: the client that a token names may still act. A name that was never registered, as in minted tokens, says
/// nothing. Answered from memory nearly always.
/// </summary>
internal sealed class ClientCheck(ClientDirectory clients)
{
    /// <summary>Null where the client may act, or is none.</summary>
    public async ValueTask<CheckOutcome?> FindFaultAsync(string clientId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var client = await clients.FindAsync(clientId, cancellationToken);
        return client?.StandingAt(now) switch
        {
            null or ClientStanding.Good => null,
            ClientStanding.Pending => CheckOutcome.Failed(
                TokenRefusal.ClientDisabled, "The client that this token was issued to waits for approval."),
            ClientStanding.Disabled => CheckOutcome.Failed(
                TokenRefusal.ClientDisabled, "The client that this token was issued to is disabled."),
            ClientStanding.Expired => CheckOutcome.Failed(
                TokenRefusal.ClientExpired,
                $"The registration of the client that this token was issued to expired at {Times.Iso(client.ExpiresAt!.Value)}."),
            ClientStanding.Gone => OfEnded(client.Ended!),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static CheckOutcome OfEnded(ClientEnding ended) => ended.Reason is ClientEndReason.Expired
        ? CheckOutcome.Failed(
            TokenRefusal.ClientExpired,
            $"The registration of the client that this token was issued to expired, and ended at {Times.Iso(ended.At)}.")
        : CheckOutcome.Failed(
            TokenRefusal.ClientDisabled, $"The client that this token was issued to was deleted at {Times.Iso(ended.At)}.");
}
