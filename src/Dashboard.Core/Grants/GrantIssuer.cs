using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>Composes the access tokens of grants, as the client's registration says.</summary>
internal sealed class GrantIssuer(TokenIssuer issuer, HolderBinding holder, IOptions<TokenOptions> options)
{
    /// <summary>A token that is not in the ledger yet, bound to whoever asks for it; null where the registration asks for one that cannot be.</summary>
    public PreparedToken? Prepare(
        Client client, GrantedAccess access, RequestOrigin origin, out IReadOnlyList<FieldFault> faults) => issuer.Prepare(
        holder.Bind(new TokenRequest
        {
            Kind = TokenKind.Access,
            Subject = access.Subject,
            UserName = access.UserName,
            Audience = access.Resource,
            Client = client.Id,
            Scopes = access.Scopes,
            Family = access.Family,
            GrantedAt = access.GrantedAt,
            Lifetime = LifetimeOf(client),
            Algorithm = client.AccessTokenAlgorithm,
            ExtraClaims = client.ExtraClaims is { } claims ? Read(claims) : null,
            Who = Actor.OfClient(client.Id, origin.Ip),
            Origin = origin,
        }),
        out faults);

    /// <summary>Lets tokens go that are in the ledger.</summary>
    public GrantOutcome.Granted Announce(PreparedToken token, string? refreshToken)
    {
        var issued = issuer.Announce(token);
        return new GrantOutcome.Granted(issued.Token, issued.Lifetime, refreshToken, token.Request.Scopes, issued.TokenId);
    }

    /// <summary>How long a family of the client's refresh tokens lives.</summary>
    public TimeSpan RefreshLifetimeOf(Client client) => client.RefreshTokenLifetime ?? options.Value.RefreshTokenLifetime;

    // The policy may have become stricter since the client was registered.
    private TimeSpan LifetimeOf(Client client)
    {
        var asked = client.AccessTokenLifetime ?? options.Value.AccessTokenLifetime;
        return asked < options.Value.MaximumLifetime ? asked : options.Value.MaximumLifetime;
    }

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>What an access token is to say.</summary>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="UserName">The name of that person; null where it speaks for the client itself.</param>
/// <param name="Scopes">What it grants.</param>
/// <param name="Resource">Where it is good; null for Signet's own audience.</param>
internal sealed record GrantedAccess(string Subject, string? UserName, IReadOnlyList<string> Scopes, string? Resource)
{
    /// <summary>What it comes of; null where it comes of nothing.</summary>
    public string? Family { get; init; }

    /// <summary>When that was granted; null without a family.</summary>
    public DateTimeOffset? GrantedAt { get; init; }
}
