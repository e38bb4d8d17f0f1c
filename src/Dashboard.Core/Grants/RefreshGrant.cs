using Dashboard.Core.Clients;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Core.Grants;

/// <summary>A client redeems a refresh token (RFC 6749 section 6).</summary>
internal sealed class RefreshGrant(
    RefreshTokens refreshTokens,
    GrantRules rules,
    GrantStanding standing,
    GrantIssuer issuer,
    PresentationRecorder presentations,
    TimeProvider clock)
{
    public async Task<GrantOutcome> RunAsync(
        Client client, RefreshRedemptionRequest request, CancellationToken cancellationToken)
    {
        if (!client.Allows(GrantTypes.RefreshToken))
        {
            return GrantRefusals.NotRegistered;
        }

        standing.DemandCurrent();
        var found = await refreshTokens.FindAsync(request.Token, cancellationToken);
        if (found is null || found.Client != client.Id || clock.GetUtcNow() >= found.ExpiresAt)
        {
            return GrantRefusals.BadRefreshToken;
        }

        if (refreshTokens.IsReplay(found))
        {
            await refreshTokens.EndReplayedAsync(found, request.Origin, cancellationToken);
            return GrantRefusals.BadRefreshToken;
        }

        // None of this uses the token up: a mistake in the request does not cost the client its access.
        var (granted, asked) = (GrantRules.Still(client, ScopeText.Split(found.Scope)), RequestedScope.Parse(request.Scope));
        return FaultOf(found, request, granted, asked)
            ?? await RedeemAsync(client, found, asked is [_, ..] ? asked : granted, request, cancellationToken);
    }

    private GrantOutcome.Refused? FaultOf(
        StoredRefreshToken found, RefreshRedemptionRequest request, IReadOnlyList<string> granted, IReadOnlyList<string>? asked) =>
        refreshTokens.IsRevoked(found) ? GrantRefusals.BadRefreshToken
        : !standing.MayAct(found.Subject) ? GrantRefusals.NobodyThere
        : !rules.IsGranted(found.Resource, request.Resource) ? GrantRefusals.OtherResource
        : asked is null ? new GrantOutcome.Refused(GrantError.InvalidScope, RequestedScope.Fault)
        : !asked.All(scope => GrantRules.Covers(granted, scope)) ? new GrantOutcome.Refused(
            GrantError.InvalidScope, "The scope is more than what was granted, or more than the client may have now.")
        : null;

    private async Task<GrantOutcome> RedeemAsync(
        Client client,
        StoredRefreshToken found,
        IReadOnlyList<string> scopes,
        RefreshRedemptionRequest request,
        CancellationToken cancellationToken)
    {
        var userName = Subjects.UserNameOf(found.Subject) ?? await refreshTokens.FindUserNameAsync(found, cancellationToken);
        var access = new GrantedAccess(found.Subject, userName, scopes, found.Resource)
        {
            Family = found.Family,
            GrantedAt = found.GrantedAt,
        };
        if (issuer.Prepare(client, access, request.Origin, out var faults) is not { } token)
        {
            return GrantRefusals.CannotBeIssued(faults);
        }

        var next = await refreshTokens.RedeemAsync(request.Token, found, token, request.Origin, cancellationToken);
        if (next is null)
        {
            return GrantRefusals.BadRefreshToken;
        }

        presentations.Record(found.TokenId, request.Origin, "token");
        return issuer.Announce(token, next);
    }
}
