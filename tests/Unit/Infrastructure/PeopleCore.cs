using Dashboard.Core;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>The real core on a store of its own, with a clock in hand and a hasher that costs nothing.</summary>
internal sealed class PeopleCore : IAsyncDisposable
{
    public const string Password = "quiet lantern over water";

    private readonly ServiceProvider _services;
    private readonly string _folder;

    private PeopleCore(ServiceProvider services, string folder, ManualClock clock) =>
        (_services, _folder, Clock) = (services, folder, clock);

    public ManualClock Clock { get; }

    public SessionDirectory Sessions => Get<SessionDirectory>();

    public SessionEnding Ending => Get<SessionEnding>();

    public OperatorDirectory Operators => Get<OperatorDirectory>();

    public static async Task<PeopleCore> StartAsync(params (string Key, string? Value)[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "signet-people-" + Guid.CreateVersion7().ToString("N"));
        var clock = new ManualClock();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Signet:Issuer"] = "https://signet.example.com",
                ["Signet:DataFolder"] = folder,
                ["Keys:Algorithm"] = "ES256",
                [FirstOperatorOptions.PasswordSetting] = Password,
            })
            .AddInMemoryCollection(StoreKinds.Default)
            .AddInMemoryCollection(settings.Select(item => KeyValuePair.Create(item.Key, item.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IPasswordHashing, FastHashing>()
            .AddLogging()
            .AddDashboardCore()
            .BuildServiceProvider();
        await services.StartDashboardCoreAsync(TestContext.Current.CancellationToken);
        return new PeopleCore(services, folder, clock);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<OperatorAccount> AddAdminAsync()
    {
        await Get<OperatorBootstrap>().EnsureAsync(TestContext.Current.CancellationToken);
        return Operators.FindByName("admin")!;
    }

    public Task<StartedSession> StartSessionAsync(OperatorAccount who, SessionKind kind = SessionKind.Browser) =>
        Sessions.StartAsync(
            new SessionStart
            {
                Kind = kind,
                Operator = who,
                Fingerprint = kind is SessionKind.Api ? "a-fingerprint-of-a-browser" : null,
                Browser = kind is SessionKind.Browser ? new BrowserFacts("a-fingerprint-of-a-browser", TestBrowser.Key, TestBrowser.Headers()) : null,
                Origin = RequestOrigin.None,
            },
            TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string objectId) =>
        [.. (await Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: objectId), null, 100, TestContext.Current.CancellationToken))
            .Items.Select(item => item.Entry)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
