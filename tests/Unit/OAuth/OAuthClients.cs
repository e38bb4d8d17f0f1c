using System.Net.Http.Headers;
using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Clients for tests, and the requests that they send.</summary>
internal static class OAuthClients
{
    public const string Secret = "sgt_cs_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A client that may do everything that a confidential client can.</summary>
    public static Client Confidential(string id = "client_one") => new()
    {
        Id = id,
        Name = "One",
        Origin = ClientOrigin.Operator,
        CreatedBy = "anna",
        CreatedAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
        AuthMethod = ClientAuthMethod.ClientSecretBasic,
        GrantTypes = GrantTypes.All,
        RedirectUris = ["https://one.example.com/callback"],
        Scopes = ["files:read", "files:write"],
        Secrets = [SecretOf(Secret)],
    };

    public static Client Public(string id = "client_public") => Confidential(id) with
    {
        AuthMethod = ClientAuthMethod.None,
        GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken],
        Secrets = [],
    };

    public static ClientSecret SecretOf(string text, DateTimeOffset? expiresAt = null, string id = "secret_one") => new(
        id,
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)),
        text[..12],
        new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
        expiresAt,
        null);

    /// <summary>Registers a client as it is, in the place of the one that an earlier test gave its id.</summary>
    public static async Task<Client> AddAsync(this IServiceProvider services, Client client)
    {
        var (store, audit) = (
            services.GetRequiredService<IClientStore>(),
            new AuditEntry(TokenBuilder.Somebody, "client.created", "client", client.Id));
        Assert.True(await store.FindAsync(client.Id, Stop) is { } earlier
            ? await store.ReplaceAsync(client with { Version = earlier.Version }, audit, Stop)
            : await store.AddAsync(client, audit, Stop));
        services.GetRequiredService<ClientDirectory>().Forget(client.Id);
        return client;
    }

    /// <summary>Changes a client behind the back of whoever would check it.</summary>
    public static async Task ChangeAsync(this IServiceProvider services, string id, Func<Client, Client> change)
    {
        var store = services.GetRequiredService<IClientStore>();
        var found = await store.FindAsync(id, Stop);
        Assert.True(await store.ReplaceAsync(
            change(found!), new AuditEntry(TokenBuilder.Somebody, "client.changed", "client", id), Stop));
        services.GetRequiredService<ClientDirectory>().Forget(id);
    }

    /// <summary>A client that may ask about every token; the same one each time.</summary>
    public static async Task EnsureAuditorAsync(this IServiceProvider services)
    {
        if (await services.GetRequiredService<ClientDirectory>().FindAsync("client_auditor", Stop) is null)
        {
            await services.AddAsync(Confidential("client_auditor") with { MayIntrospectAll = true });
        }
    }

    /// <summary>A form to an endpoint of the family.</summary>
    public static HttpRequestMessage Form(string path, params (string Name, string Value)[] parameters) =>
        new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(parameters.Select(item => KeyValuePair.Create(item.Name, item.Value))),
        };

    /// <summary>The same from a client that sends its secret in the header.</summary>
    public static HttpRequestMessage As(this HttpRequestMessage request, string id, string secret = Secret)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}")));
        return request;
    }
}
