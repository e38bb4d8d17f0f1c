using Dashboard.Core.Clients;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Grants;

/// <summary>A client asks for itself (RFC 6749 section 4.4). It never gets a refresh token: it can ask again.</summary>
internal sealed class ClientCredentialsGrant(GrantRules rules, GrantIssuer issuer, ITokenLedger ledger)
{
    public async Task<GrantOutcome> RunAsync(Client client, GrantRequest request, CancellationToken cancellationToken)
    {
        // A public client proves nothing by its id, so nothing may be given for it.
        if (client.IsPublic || !client.Allows(GrantTypes.ClientCredentials))
        {
            return GrantRefusals.NotRegistered;
        }

        return rules.Check(client, request.Scope, request.Resource) switch
        {
            GrantCheck.Allowed allowed => await IssueAsync(client, allowed, request, cancellationToken),
            GrantCheck.Refused refused => new GrantOutcome.Refused(refused.Error, refused.Description),
            _ => throw new InvalidOperationException("No such check."),
        };
    }

    private async Task<GrantOutcome> IssueAsync(
        Client client, GrantCheck.Allowed allowed, GrantRequest request, CancellationToken cancellationToken)
    {
        var access = new GrantedAccess(client.Id, null, allowed.Scopes, allowed.Resource);
        if (issuer.Prepare(client, access, request.Origin, out var faults) is not { } token)
        {
            return GrantRefusals.CannotBeIssued(faults);
        }

        await ledger.AddAsync(token.Entry, null, cancellationToken);
        return issuer.Announce(token, null);
    }
}
