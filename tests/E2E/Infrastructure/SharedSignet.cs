using Dashboard.Tests.E2E.Infrastructure;

[assembly: AssemblyFixture(typeof(SharedSignet))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>One Signet for all tests that only add to it; tests that stop it or count what it holds start their own.</summary>
public sealed class SharedSignet : IAsyncLifetime
{
    public SignetProcess Process { get; private set; } = null!;

    /// <summary>Sends the administrator's token and fingerprint.</summary>
    public HttpClient Administrator { get; private set; } = null!;

    /// <summary>Sends nothing of its own.</summary>
    public HttpClient Anybody => Process.Http;

    public async ValueTask InitializeAsync()
    {
        Process = await SignetProcess.StartAsync(
            null,
            ("Scopes__Hierarchy__admin__0", "write"),
            ("Scopes__Hierarchy__write__0", "read"),
            // Every journey signs in as the same administrator.
            ("Sessions__MostOpen", "100"),
            ("Sessions__MostOpenAtApi", "1000"),
            ("Scopes__Resources__reports__0", "write"));
        Administrator = await Process.LoginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Administrator.Dispose();
        await Process.DisposeAsync();
    }
}
