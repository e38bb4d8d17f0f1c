using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>Compares a presented secret with those of a client: always as many comparisons, whoever the client is.</summary>
internal static class SecretProof
{
    // The hash of nothing that anybody knows.
    private static readonly byte[] NobodysHash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public static ClientProof Of(Client? client, string presented, DateTimeOffset now)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        var secrets = client is { AuthMethod.UsesSecret: true } ? client.Secrets : [];
        ClientSecret? found = null;
        for (var number = 0; number < Math.Max(ClientLimits.MostSecrets, secrets.Count); number++)
        {
            var stored = number < secrets.Count ? secrets[number] : null;
            if (CryptographicOperations.FixedTimeEquals(hash, stored?.Hash ?? NobodysHash))
            {
                found = stored;
            }
        }

        return (client, found) switch
        {
            (null, _) => ClientProof.Failed("No client has this id."),
            ({ IsPublic: true }, _) => ClientProof.Failed("It gave a secret, but is registered as a public client."),
            ({ AuthMethod: ClientAuthMethod.PrivateKeyJwt }, _) =>
                ClientProof.Failed("It gave a secret, but is registered for private_key_jwt."),
            (_, null) => ClientProof.Failed("The secret is wrong."),
            (_, { ExpiresAt: { } expiresAt }) when now >= expiresAt => ClientProof.Failed("The secret has expired."),
            _ => ClientProof.Good(found!.Id),
        };
    }
}
