using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Grants.Authorizing;

/// <summary>A client that asks people, and what it asks.</summary>
internal static class AskingClient
{
    public const string Id = "client_asking";

    public const string Redirect = "https://app.example.com/back?x=1&y=%2F";

    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static readonly Client Good = new()
    {
        Id = Id,
        Name = "Reader",
        Origin = ClientOrigin.Operator,
        CreatedBy = "alice",
        CreatedAt = DateTimeOffset.UnixEpoch,
        AuthMethod = ClientAuthMethod.None,
        GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken],
        RedirectUris = [Redirect, "http://127.0.0.1:4000/back"],
        Scopes = ["read", "files:*"],
    };

    public static readonly AuthorizationQuery Query = new()
    {
        ClientId = Id,
        RedirectUri = Redirect,
        ResponseType = "code",
        Scope = "read files:write",
        State = "a state + more",
        CodeChallenge = Challenge,
        CodeChallengeMethod = "S256",
    };

    public static async Task RegisterAsync(this IServiceProvider services, Client client) => Assert.True(
        await services.GetRequiredService<IClientStore>().AddAsync(
            client,
            new AuditEntry(Actor.Signet, "client.created", "client", client.Id),
            TestContext.Current.CancellationToken));
}
