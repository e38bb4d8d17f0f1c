using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Grants.Codes;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Grants;

/// <summary>A client redeems an authorization code (RFC 6749 section 4.1.3, RFC 7636).</summary>
internal sealed class CodeGrant(
    IAuthorizationCodeStore codes,
    GrantRules rules,
    GrantStanding standing,
    GrantIssuer issuer,
    RefreshTokens refreshTokens,
    ITokenLedger ledger,
    TokenRevocations revocations,
    TimeProvider clock)
{
    public async Task<GrantOutcome> RunAsync(Client client, CodeRedemption request, CancellationToken cancellationToken)
    {
        if (!client.Allows(GrantTypes.AuthorizationCode))
        {
            return GrantRefusals.NotRegistered;
        }

        standing.DemandCurrent();
        var code = await codes.FindAsync(AuthorizationCodes.HashOf(request.Code), cancellationToken);
        if (code is null || code.Grant.ClientId != client.Id)
        {
            return GrantRefusals.BadCode;
        }

        if (code.Family is { } earlier)
        {
            await EndAsync(earlier, cancellationToken);
            return GrantRefusals.BadCode;
        }

        // None of this uses the code up: whoever has only the code can't keep its owner from it.
        return FaultOf(code, request) ?? await UseAsync(client, code, request, cancellationToken);
    }

    private GrantOutcome.Refused? FaultOf(StoredCode code, CodeRedemption request)
    {
        var grant = code.Grant;
        return clock.GetUtcNow() >= code.ExpiresAt || !string.Equals(grant.RedirectUri, request.RedirectUri, StringComparison.Ordinal)
                ? GrantRefusals.BadCode
            : !CodeChallenge.Fits(grant.CodeChallenge, request.Verifier) ? GrantRefusals.BadVerifier
            : !rules.IsGranted(grant.Resource, request.Resource) ? GrantRefusals.OtherResource
            : !standing.MayAct(grant.Subject) ? GrantRefusals.NobodyThere
            : IsCutOff(code) ? GrantRefusals.BadCode
            : null;
    }

    private bool IsCutOff(StoredCode code) =>
        standing.IsCutOff(code.Grant.ClientId, code.Grant.Subject, code.IssuedAt);

    private async Task<GrantOutcome> UseAsync(
        Client client, StoredCode code, CodeRedemption request, CancellationToken cancellationToken)
    {
        var family = Identifiers.NewId();
        var access = new GrantedAccess(
            code.Grant.Subject, code.Grant.UserName, GrantRules.Still(client, code.Grant.Scopes), code.Grant.Resource)
        {
            Family = family,
            GrantedAt = code.IssuedAt,
        };
        if (issuer.Prepare(client, access, request.Origin, out var faults) is not { } token)
        {
            return GrantRefusals.CannotBeIssued(faults);
        }

        var given = await codes.UseAsync(code.Hash, family, clock.GetUtcNow(), cancellationToken);
        if (given != family)
        {
            // Somebody else was faster, with the same code.
            await EndAsync(given, cancellationToken);
            return GrantRefusals.BadCode;
        }

        var (isWritten, refreshToken) = await WriteAsync(client, code, token, cancellationToken);

        // Used again or revoked meanwhile: then nobody gets anything.
        return isWritten && !standing.IsEnded(family) && !IsCutOff(code)
            ? issuer.Announce(token, refreshToken)
            : GrantRefusals.BadCode;
    }

    private async Task<(bool IsWritten, string? RefreshToken)> WriteAsync(
        Client client, StoredCode code, PreparedToken token, CancellationToken cancellationToken)
    {
        if (client.Allows(GrantTypes.RefreshToken))
        {
            var refreshToken = await refreshTokens.StartAsync(
                token, code.Grant.Resource, issuer.RefreshLifetimeOf(client), cancellationToken);
            return (refreshToken is not null, refreshToken);
        }

        await ledger.AddAsync(token.Entry, null, cancellationToken);
        return (true, null);
    }

    private async Task EndAsync(string? family, CancellationToken cancellationToken)
    {
        if (family is not null && !standing.IsEnded(family))
        {
            await revocations.RevokeFamilyAsync(
                family, "An authorization code was used a second time.", Actor.Signet, cancellationToken);
        }
    }
}
