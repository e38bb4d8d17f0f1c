using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Posture;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Rules about clients: each with one that breaks it and one that does not.</summary>
public sealed class ClientPostureTests : PostureTest
{
    private DateTimeOffset Now => Core.Clock.GetUtcNow();

    [Theory]
    [InlineData("http://app.example.com/cb")]
    [InlineData("https://*.example.com/cb")]
    public async Task Redirects_over_http_or_with_wildcards_are_found(string uri)
    {
        await AddAsync(Good() with { RedirectUris = ["https://app.example.com/cb", "http://127.0.0.1/cb", "com.example.app:/cb"] });
        Assert.Null(await FindAsync("CLIENT_REDIRECT_INSECURE"));

        await AddAsync(Good("bad") with { RedirectUris = ["https://app.example.com/cb", uri] });

        var found = (await FindAsync("CLIENT_REDIRECT_INSECURE"))!;
        Assert.Equal(new PostureObject(PostureObjectKind.Client, "bad", "The bad", uri), Assert.Single(found.Objects));
        Assert.Equal(PostureSeverity.High, found.Rule.Severity);
    }

    [Theory]
    [InlineData("https://intranet/cb")]
    [InlineData("https://10.1.2.3/cb")]
    public async Task Redirects_to_private_hosts_are_found(string uri)
    {
        await AddAsync(Good() with { RedirectUris = ["https://app.example.com/cb"] });
        Assert.Null(await FindAsync("CLIENT_REDIRECT_PRIVATE"));

        await AddAsync(Good("bad") with { RedirectUris = [uri] });

        Assert.Equal(["bad"], await NamedAsync("CLIENT_REDIRECT_PRIVATE"));
    }

    [Fact]
    public async Task Disabled_clients_do_no_harm()
    {
        await AddAsync(Good("off") with { State = ClientState.Disabled, RedirectUris = ["http://app.example.com/cb"] });

        Assert.Null(await FindAsync("CLIENT_REDIRECT_INSECURE"));
    }

    [Fact]
    public async Task Access_tokens_for_days_are_found_of_clients_and_of_the_deployment()
    {
        await AddAsync(Good() with { AccessTokenLifetime = TimeSpan.FromHours(24) });
        Assert.Null(await FindAsync("TOKEN_LIFETIME_LONG"));

        await AddAsync(Good("bad") with { AccessTokenLifetime = TimeSpan.FromHours(25) });

        Assert.Equal(["bad"], await NamedAsync("TOKEN_LIFETIME_LONG"));
        Assert.Equal("Tokens:AccessTokenLifetime", (await FindWithAsync("TOKEN_LIFETIME_LONG", ("Tokens:AccessTokenLifetime", "2.00:00:00")))!.Objects[0].Id);
    }

    [Fact]
    public async Task Refresh_tokens_for_a_year_are_found_where_somebody_gets_them()
    {
        await AddAsync(Good());
        await AddAsync(Good("short") with { GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken], RefreshTokenLifetime = TimeSpan.FromDays(90) });
        Assert.Null(await FindAsync("REFRESH_LIFETIME_LONG"));

        await AddAsync(Good("usual") with { GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken] });
        await AddAsync(Good("long") with { GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken], RefreshTokenLifetime = TimeSpan.FromDays(91) });

        Assert.Equal(["Tokens:RefreshTokenLifetime", "long"], await NamedAsync("REFRESH_LIFETIME_LONG"));
    }

    [Fact]
    public async Task Clients_that_nobody_uses_are_found()
    {
        await AddAsync(Good() with { LastUsedAt = Now.AddDays(-29) });
        await AddAsync(Good("new"));
        await AddAsync(Good("public") with { AuthMethod = ClientAuthMethod.None, Secrets = [], CreatedAt = Now.AddDays(-99) });
        Assert.Null(await FindAsync("CLIENT_UNUSED"));

        await AddAsync(Good("stale") with { CreatedAt = Now.AddDays(-99), LastUsedAt = Now.AddDays(-31) });
        await AddAsync(Good("never") with { CreatedAt = Now.AddDays(-31) });

        Assert.Equal(["never", "stale"], (await NamedAsync("CLIENT_UNUSED")).Order());
    }

    [Fact]
    public async Task Secrets_that_are_old_or_endless_are_found()
    {
        await AddAsync(Good());
        Assert.Null(await FindAsync("CLIENT_SECRET_OLD"));
        Assert.Null(await FindAsync("CLIENT_SECRET_NEVER_EXPIRES"));

        await AddAsync(Good("old") with { Secrets = [Secret() with { CreatedAt = Now.AddDays(-366) }] });
        await AddAsync(Good("endless") with { Secrets = [Secret() with { ExpiresAt = null }] });
        await AddAsync(Good("over") with { Secrets = [Secret() with { CreatedAt = Now.AddDays(-366), ExpiresAt = Now.AddDays(-1) }] });

        Assert.Equal(["old"], await NamedAsync("CLIENT_SECRET_OLD"));
        Assert.Equal(["endless"], await NamedAsync("CLIENT_SECRET_NEVER_EXPIRES"));
    }

    [Fact]
    public async Task Clients_that_may_introspect_everything_are_found()
    {
        await AddAsync(Good() with { Audiences = ["https://api.example.com"] });
        Assert.Null(await FindAsync("CLIENT_INTROSPECTS_ALL"));

        await AddAsync(Good("all") with { MayIntrospectAll = true });

        Assert.Equal(["all"], await NamedAsync("CLIENT_INTROSPECTS_ALL"));
    }

    [Fact]
    public async Task Open_registration_is_found_as_it_was_decided_in_the_dashboard()
    {
        Assert.Null(await FindAsync("REGISTRATION_OPEN"));

        var policies = Core.Get<RegistrationPolicies>();
        Assert.IsType<RegistrationPolicyChange.Changed>(
            await policies.ChangeAsync(policies.Current with { Mode = RegistrationMode.Open }, "a test", TokenBuilder.Somebody, Stop));

        Assert.Equal(["registration"], await NamedAsync("REGISTRATION_OPEN"));
    }

    [Fact]
    public async Task Only_the_first_are_named_and_all_are_counted()
    {
        foreach (var number in Enumerable.Range(0, PostureReader.MostNamed + 5))
        {
            await AddAsync(Good($"all-{number}") with { MayIntrospectAll = true });
        }

        var found = (await FindAsync("CLIENT_INTROSPECTS_ALL"))!;

        Assert.Equal((PostureReader.MostNamed, PostureReader.MostNamed + 5, false), (found.Objects.Count, found.Count, found.IsCapped));
    }

    private Client Good(string id = "good") => ClientBuilder.Client(id) with { CreatedAt = Now, Secrets = [Secret()] };

    private ClientSecret Secret() => ClientBuilder.Secret("s-1") with { CreatedAt = Now, ExpiresAt = Now.AddDays(90) };

    private Task<bool> AddAsync(Client client) =>
        Core.Get<IClientStore>().AddAsync(client, new AuditEntry(Actor.Signet, "client.created", "client", client.Id), Stop);

    private async Task<string[]> NamedAsync(string code) => [.. (await FindAsync(code))!.Objects.Select(item => item.Id)];
}
