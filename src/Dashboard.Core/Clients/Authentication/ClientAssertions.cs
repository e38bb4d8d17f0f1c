using Dashboard.Core.Keys.Public;
using Dashboard.Core.OneTime;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>Judges the tokens that clients sign to prove who they are (RFC 7523 section 3). Each is good once.</summary>
internal sealed class ClientAssertions(
    ClientKeySets keys, OneTimeUses uses, IOptions<SignetOptions> signet, IOptions<TokenOptions> tokens, TimeProvider clock)
{
    /// <summary>It need live only as long as the request takes, and is remembered until it has expired.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromSeconds(60);

    private const string Purpose = "client_assertion";
    private const int LongestTokenId = 255;

    /// <summary>Whom a token says it is from: a claim, and nothing more. Null where it says nothing.</summary>
    public static string? SubjectOf(string jwt) => TokenParser.Parse(jwt, out _)?.Values.Subject;

    public async Task<ClientProof> CheckAsync(Client? client, string jwt, CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return ClientProof.Failed("No client has this id.");
        }

        if (client.AuthMethod is not ClientAuthMethod.PrivateKeyJwt)
        {
            return ClientProof.Failed("It gave an assertion, but is not registered for private_key_jwt.");
        }

        if (TokenParser.Parse(jwt, out var unreadable) is not { } token)
        {
            return ClientProof.Failed($"The assertion cannot be read. {unreadable}");
        }

        if (FaultOf(client, token) is { } fault)
        {
            return ClientProof.Failed(fault);
        }

        // Nobody is called for a client that nobody has let in.
        if (client is { State: not ClientState.Enabled, Details.JwksUri: not null })
        {
            return ClientProof.Failed($"The client is {client.State.ToString().ToLowerInvariant()}: its keys are not fetched.");
        }

        var known = await keys.FindAsync(client, token.KeyId, cancellationToken);
        if (!known.Any(key => Signed(key, token)))
        {
            return ClientProof.Failed("The signature of the assertion is of none of the client's keys.");
        }

        // Last: only what the client really signed uses up an id.
        return await uses.TryUseAsync(Purpose, $"{client.Id}\n{token.Values.TokenId}", token.Values.ExpiresAt!.Value, cancellationToken)
            ? ClientProof.Good()
            : ClientProof.Failed("The assertion was used before.");
    }

    private static bool Signed(PublicKey key, ParsedToken token) =>
        (token.KeyId is null || key.KeyId is null || token.KeyId == key.KeyId)
        && key.Verifies(token.Algorithm, token.SigningInput, token.Signature);

    private string? FaultOf(Client client, ParsedToken token)
    {
        var now = clock.GetUtcNow();
        var latest = now + tokens.Value.ClockSkew;
        var claims = token.Values;
        return token switch
        {
            _ when token.Algorithm is null || !PublicKey.Algorithms.Contains(token.Algorithm) =>
                "The algorithm of the assertion is not allowed.",
            _ when token.Header.TryGetProperty("crit", out _) => "The assertion names critical headers.",

            // One kind of token must not pass for another (RFC 8725 section 3.11).
            _ when token.Type is not null && !IsAssertionType(token.Type) => "The assertion is of another type.",
            _ when claims.Issuer != client.Id || claims.Subject != client.Id => "The assertion is not from and about the client.",

            // The issuer alone: an audience that another server accepts too could be sent on to us.
            _ when claims.Audiences is not [var audience] || audience != signet.Value.Issuer =>
                "The audience of the assertion is not the issuer alone.",
            _ when claims.ExpiresAt is not { } expiresAt || expiresAt <= now => "The assertion has no expiry, or has expired.",
            _ when claims.ExpiresAt > now + LongestLifetime => "The assertion expires too late.",
            _ when claims.HasNotBefore && (claims.NotBefore is not { } notBefore || notBefore > latest) => "The assertion is not valid yet.",
            _ when claims.IssuedAt > latest => "The assertion was issued in the future.",
            _ when claims.TokenId is not { Length: <= LongestTokenId } => "The assertion has no id, or one that is too long.",
            _ => null,
        };
    }

    private static bool IsAssertionType(string type) =>
        type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("client-authentication+jwt", StringComparison.OrdinalIgnoreCase);
}
