using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Grants;

/// <summary>A core with a person in it, and clients that need no store.</summary>
internal sealed class GrantCore : IAsyncDisposable
{
    public const string Redirect = "https://app.example.com/back?x=1&y=%2F";

    public const string Api = "https://api.example.com/v1";

    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static readonly RequestOrigin Origin = new("req_1", "192.0.2.7", "curl", "POST /oauth/token");

    /// <summary>Confidential, and registered for everything.</summary>
    public static readonly Client App = new()
    {
        Id = "client_app",
        Name = "App",
        Origin = ClientOrigin.Operator,
        CreatedBy = "alice",
        CreatedAt = default,
        AuthMethod = ClientAuthMethod.ClientSecretBasic,
        GrantTypes = GrantTypes.All,
        RedirectUris = [Redirect],
        Scopes = ["files:*", "profile", "mail"],
    };

    private OperatorAccount _anna = null!;

    private GrantCore(CoreHost host) => Host = host;

    public CoreHost Host { get; }

    public TokenGrants Grants => Host.Get<TokenGrants>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts a core in which Anna may allow things, and these clients are registered.</summary>
    public static async Task<GrantCore> StartAsync(Client[]? clients = null, params (string Name, string? Value)[] settings)
    {
        var known = new KnownClients(clients ?? [App]);
        var core = new GrantCore(await CoreHost.StartAsync(
            settings.Append(("OAuth:ProtectedResources:0:Resource", Api))
                .ToDictionary(item => item.Item1, item => item.Item2, StringComparer.OrdinalIgnoreCase),
            hosted: true,
            configure: services => services.AddSingleton(provider => new ClientDirectory(
                known, provider.GetRequiredService<IChangeFeed>(), provider.GetRequiredService<TimeProvider>()))));
        await core.AddAnnaAsync();
        return core;
    }

    public Task<GrantOutcome> AskAsync(Client client, string[]? scopes = null, string? resource = null) =>
        Grants.ClientCredentialsAsync(client, new GrantRequest(scopes is null ? null : string.Join(' ', scopes), resource, Origin), Stop);

    /// <summary>What Anna allows the app, unless told otherwise.</summary>
    public Task<string> AllowAsync(AuthorizationGrant? grant = null) =>
        Host.Get<AuthorizationCodes>().IssueAsync(grant ?? Grant(), Stop);

    public static AuthorizationGrant Grant(string[]? scopes = null, string? resource = null) =>
        new(App.Id, Redirect, Challenge, "user:anna", "anna", scopes ?? ["files:read", "profile"], resource);

    public Task<GrantOutcome> RedeemAsync(
        string code, Client? client = null, string redirect = Redirect, string? verifier = Verifier, string? resource = null) =>
        Grants.RedeemCodeAsync(client ?? App, new CodeRedemption(code, redirect, verifier, resource, Origin), Stop);

    /// <summary>The tokens that a good code gives.</summary>
    public async Task<GrantOutcome.Granted> SignInAsync(AuthorizationGrant? grant = null, Client? client = null) =>
        Assert.IsType<GrantOutcome.Granted>(await RedeemAsync(await AllowAsync(grant), client));

    public Task<GrantOutcome> RefreshAsync(
        string token, Client? client = null, string[]? scopes = null, string? resource = null) =>
        Grants.RefreshAsync(client ?? App, new RefreshRedemptionRequest(token, scopes is null ? null : string.Join(' ', scopes), resource, Origin), Stop);

    public async Task DisableAnnaAsync()
    {
        Assert.Equal(
            OperatorReplacement.Replaced,
            await Host.Get<IOperatorStore>().ReplaceAsync(_anna with { IsEnabled = false }, null, Stop));
        await Host.Get<OperatorDirectory>().LoadAsync(Stop);
    }

    /// <summary>The row of a family's oldest refresh token.</summary>
    public async Task<LedgerEntry> RefreshRowAsync(string family) => (await Host.Get<ITokenLedger>().ListAsync(
        new LedgerFilter { Family = family }, Host.Clock.GetUtcNow(), null, 100, Stop))
        .Items.Last(row => row.Kind is TokenKind.Refresh);

    /// <summary>Everything recorded of a kind; ends what runs in the background.</summary>
    public async Task<IReadOnlyList<SecurityEvent>> EventsAsync(string kind)
    {
        await Host.StopHostedAsync();
        return (await Host.Get<EventLog>().ListAsync(new EventFilter(Kind: kind), null, 100, Stop)).Items;
    }

    public static void AssertRefused(GrantError error, GrantOutcome outcome)
    {
        var refused = Assert.IsType<GrantOutcome.Refused>(outcome);
        Assert.Equal(error, refused.Error);
        Assert.All(refused.Description, letter => Assert.True(letter is >= ' ' and <= '~' and not ('"' or '\\')));
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task AddAnnaAsync()
    {
        _anna = new OperatorAccount
        {
            Id = Guid.CreateVersion7().ToString("N"),
            UserName = "anna",
            PasswordHash = "x",
            SecurityStamp = "x",
            Role = "support",
            IsEnabled = true,
            MustChangePassword = false,
            CreatedAt = Host.Clock.GetUtcNow(),
        };
        var admin = _anna with { Id = Guid.CreateVersion7().ToString("N"), UserName = "root", Role = "administrator" };
        foreach (var account in (OperatorAccount[])[admin, _anna])
        {
            Assert.True(await Host.Get<IOperatorStore>().AddAsync(
                account, new AuditEntry(Actor.Signet, "operator.created", "operator", account.Id), Stop));
        }

        await Host.Get<OperatorDirectory>().LoadAsync(Stop);
    }

    /// <summary>Registrations that nobody changes.</summary>
    private sealed class KnownClients(IReadOnlyList<Client> clients) : IClientStore
    {
        public Task<Client?> FindAsync(string id, CancellationToken cancellationToken) =>
            Task.FromResult(clients.FirstOrDefault(client => client.Id == id));

        public Task<bool> AddAsync(Client client, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken) =>
            Task.FromResult(false);

        public Task<bool> ReplaceAsync(Client changed, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken) =>
            Task.FromResult(false);

        public Task<Page<Client>> ListAsync(
            ClientFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<Client>(clients, null, clients.Count, false));

        public Task RecordUsesAsync(IReadOnlyCollection<ClientUse> uses, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<Client>> FindDueAsync(
            DateTimeOffset expiredBefore, DateTimeOffset unusedSince, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Client>>([]);

        public Task<IReadOnlyList<Client>> FindExpiringAsync(
            DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Client>> FindBarredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Client>>([]);

        public Task<IReadOnlyList<Client>> FindUncutAsync(
            DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Client>>([]);

        public Task SetCutOffAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken) =>
            Task.FromResult(0);
    }
}
