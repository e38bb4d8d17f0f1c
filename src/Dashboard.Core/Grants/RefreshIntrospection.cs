using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Refresh;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>Tells about refresh tokens: to the client that has them, and to whoever may know of every token.</summary>
internal sealed class RefreshIntrospection(
    RefreshTokens refreshTokens,
    GrantStanding standing,
    ClientDirectory clients,
    PresentationRecorder presentations,
    IOptions<SignetOptions> signet,
    TimeProvider clock)
{
    /// <summary>Null where the token could not be redeemed now, or is not for whoever asks to know.</summary>
    public async Task<IntrospectionAnswer?> FindAsync(
        Client? asks, string token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var found = await refreshTokens.FindAsync(token, cancellationToken);
        if (found is null
            || (asks is not (null or { MayIntrospectAll: true }) && asks.Id != found.Client)
            || !await IsGoodAsync(found, cancellationToken))
        {
            return null;
        }

        presentations.Record(found.TokenId, origin, "introspect");
        return AnswerOf(found);
    }

    private async Task<bool> IsGoodAsync(StoredRefreshToken found, CancellationToken cancellationToken)
    {
        standing.DemandCurrent();
        var now = clock.GetUtcNow();
        return found.UsedAt is null
            && now < found.ExpiresAt
            && !refreshTokens.IsRevoked(found)
            && standing.MayAct(found.Subject)
            && await clients.FindAsync(found.Client, cancellationToken) is { } owner
            && owner.StandingAt(now) is ClientStanding.Good;
    }

    private IntrospectionAnswer AnswerOf(StoredRefreshToken found) => new()
    {
        Scope = found.Scope is "" ? null : found.Scope,
        ClientId = found.Client,
        UserName = Subjects.UserNameOf(found.Subject),
        ExpiresAt = found.ExpiresAt,
        IssuedAt = found.IssuedAt,
        Subject = found.Subject,
        Audiences = [found.Resource ?? signet.Value.Audience],
        Issuer = signet.Value.Issuer,
        TokenId = found.TokenId,
    };
}
