namespace Dashboard.Core.Clients.Authentication;

/// <summary>Whether a credential proves that somebody is a client.</summary>
/// <param name="IsGood">True where it does.</param>
/// <param name="SecretId">The secret that proved it; null where none did.</param>
/// <param name="Fault">Why it does not: for people who look into the event log, never for the client.</param>
internal readonly record struct ClientProof(bool IsGood, string? SecretId, string? Fault)
{
    public static ClientProof Good(string? secretId = null) => new(true, secretId, null);

    public static ClientProof Failed(string fault) => new(false, null, fault);
}
