using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>The client that the configuration names is there after the first start.</summary>
public sealed class ClientBootstrapTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_once_and_stays_what_people_made_of_it()
    {
        await using var host = await CoreHost.StartAsync(Named("ci", Secret, "files:read, files:write"));

        var made = await host.StoredAsync("ci");
        Assert.Equal(
            (ClientOrigin.Configuration, ClientAuthMethod.ClientSecretBasic, true, ClientState.Enabled, null),
            (made.Origin, made.AuthMethod, made.IsVerified, made.State, made.ExpiresAt));
        Assert.Equal([GrantTypes.ClientCredentials], made.GrantTypes);
        Assert.Equal(["files:read", "files:write"], made.Scopes);
        var secret = Assert.Single(made.Secrets);
        Assert.Equal(ClientSecrets.Hash(Secret), secret.Hash);
        Assert.DoesNotContain(secret.Prefix, Secret, StringComparison.Ordinal);
        Assert.Equal(("client.created", "signet"), (await host.AuditAsync("ci"))[0] is var entry ? (entry.Action, entry.Who.Name) : default);

        await host.Get<ClientAdministration>().SetEnabledAsync("ci", false, "why", Actor.OfCommand("root"), Stop);
        await host.ReopenAsync((FirstClientOptions.SecretSetting, "f" + Secret));
        Assert.Equal((ClientState.Disabled, 1L), ((await host.StoredAsync("ci")).State, (await host.StoredAsync("ci")).Version));

        await host.Get<ClientAdministration>().DeleteAsync("ci", "why", Actor.OfCommand("root"), Stop);
        await host.ReopenAsync();
        Assert.NotNull((await host.StoredAsync("ci")).Ended);
    }

    [Fact]
    public async Task Without_a_name_nothing_is_made()
    {
        await using var host = await CoreHost.StartAsync(Named("", "", ""));

        Assert.Empty((await host.Get<ClientDirectory>().ListAsync(new ClientFilter(), null, 10, Stop)).Items);
    }

    [Theory]
    [InlineData("a b", Secret, "", "SIGNET_CLIENT_ID must have at most 100 ")]
    [InlineData("ci:1", Secret, "", "SIGNET_CLIENT_ID must have at most 100 ")]
    [InlineData("ci", null, "", "SIGNET_CLIENT_SECRET must have 32 to 200 ")]
    [InlineData("ci", "short", "", "SIGNET_CLIENT_SECRET must have 32 to 200 ")]
    [InlineData("ci", Secret + " ", "", "SIGNET_CLIENT_SECRET must have 32 to 200 ")]
    [InlineData("ci", Secret, "a \"b\"", "SIGNET_CLIENT_SCOPES must hold scopes ")]
    public async Task What_cannot_be_used_ends_the_start_and_names_the_setting(string id, string? secret, string scopes, string message)
    {
        await using var host = CoreHost.Create(Named(id, secret, scopes));

        var fault = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);

        Assert.Equal(2, fault.ExitCode);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", fault.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Named(string id, string? secret, string scopes) => new()
    {
        [FirstClientOptions.IdSetting] = id,
        [FirstClientOptions.SecretSetting] = secret,
        [FirstClientOptions.ScopesSetting] = scopes,
    };
}
