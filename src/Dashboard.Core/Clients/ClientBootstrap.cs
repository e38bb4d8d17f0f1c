using System.Buffers;
using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients;

/// <summary>Registers the client that the configuration names, where it is not there yet.</summary>
internal sealed class ClientBootstrap(
    IClientStore store,
    ClientChanges changes,
    IOptions<FirstClientOptions> options,
    TimeProvider clock,
    ILogger<ClientBootstrap> logger)
{
    // People choose it, and it is hashed as if it were random: short ones could be guessed from the hash.
    private const int ShortestSecret = 32;
    private const int LongestSecret = 200;
    private const int LongestId = 100;

    // What is shown of a secret that somebody else chose, of which nothing may be shown.
    private const string Prefix = "configured";

    private static readonly SearchValues<char> InIds = SearchValues.Create(
        "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Creates it. One that exists stays as it is, also one that ended: deleting it here is for good.</summary>
    /// <exception cref="StartupException">What is configured cannot be used.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { Id: { Length: > 0 } id } configured)
        {
            return;
        }

        var secret = Check(configured);
        if (await store.FindAsync(id, cancellationToken) is { } found)
        {
            if (!found.Secrets.Any(kept => CryptographicOperations.FixedTimeEquals(kept.Hash, ClientSecrets.Hash(secret))))
            {
                logger.FirstClientDiffers(id, FirstClientOptions.SecretSetting);
            }

            return;
        }

        if (await changes.AddAsync(Make(id, secret, configured), "First start", Actor.Signet, cancellationToken))
        {
            logger.FirstClientCreated(id);
        }
    }

    private Client Make(string id, string secret, FirstClientOptions configured)
    {
        var now = clock.GetUtcNow().CutToMilliseconds();
        return new Client
        {
            Id = id,
            Name = id,
            Origin = ClientOrigin.Configuration,
            CreatedBy = Actor.Signet.Name,
            CreatedAt = now,
            AuthMethod = ClientAuthMethod.ClientSecretBasic,
            GrantTypes = [GrantTypes.ClientCredentials],
            Scopes = ScopeText.Split(configured.Scopes),
            IsVerified = true,
            Secrets = [new ClientSecret(Identifiers.NewId(), ClientSecrets.Hash(secret), Prefix, now, null, null)],
        };
    }

    private static string Check(FirstClientOptions configured)
    {
        if (configured.Id!.Length > LongestId || configured.Id.AsSpan().ContainsAnyExcept(InIds))
        {
            throw Wrong(
                FirstClientOptions.IdSetting, $"must have at most {LongestId} of the characters A-Z, a-z, 0-9, '-', '.', '_' and '~'");
        }

        if (configured.Secret is not { Length: >= ShortestSecret and <= LongestSecret } secret
            || secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw Wrong(
                FirstClientOptions.SecretSetting,
                $"must have {ShortestSecret} to {LongestSecret} visible ASCII characters; make one with 'openssl rand -hex 32'");
        }

        return ScopeText.FaultOf(ScopeText.Split(configured.Scopes)) is { } fault
            ? throw Wrong(FirstClientOptions.ScopesSetting, fault)
            : secret;
    }

    private static StartupException Wrong(string setting, string fault) =>
        new($"{setting} {fault}.", StartupException.WrongSetting);
}
