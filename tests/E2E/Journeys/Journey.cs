using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// One person with one browser. Shares nothing with other journeys; keeps a trace where it fails; fails where the
/// browser's console shows an error.
/// </summary>
public abstract class Journey(SharedSignet signet, Chromium chromium) : IAsyncLifetime
{
    private static readonly string Traces = Path.Combine(AppContext.BaseDirectory, "traces");

    private readonly List<Visit> _others = [];
    private readonly List<string> _consoleErrors = [];
    private Visit _visit = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected SharedSignet Signet => signet;

    protected IBrowserContext Context => _visit.Context;

    protected IPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _visit = await VisitAsync();
        await Context.Tracing.StartAsync(new TracingStartOptions());
        Page = await Context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            // A refused sign-in is a 401 that the browser reports by itself; everything else is ours.
            if (message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal))
            {
                _consoleErrors.Add(message.Text);
            }
        };
    }

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result is TestResult.Failed;
        await Context.Tracing.StopAsync(new TracingStopOptions
        {
            Path = failed ? Path.Combine(Traces, $"{TestContext.Current.TestCase?.TestMethodName}.zip") : null,
        });
        await _visit.DisposeAsync();
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        Assert.Empty(_consoleErrors);
    }

    /// <summary>Another browser of another person: no cookie, no key, no storage.</summary>
    protected async Task<IBrowserContext> OtherBrowserAsync()
    {
        var other = await VisitAsync();
        _others.Add(other);
        return other.Context;
    }

    /// <summary>Signs in as the administrator and waits for the overview.</summary>
    protected async Task SignInAsync()
    {
        var signIn = await SignInPage.OpenAsync(Page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
    }

    /// <summary>Opens a page of the dashboard and waits for its heading.</summary>
    protected async Task OpenAsync(string path, string heading)
    {
        await Page.GotoAsync(path);
        await Heading(heading).WaitForAsync();
    }

    protected ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Level = 1 });

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    /// <summary>Fails for anything that axe finds on the page as it stands.</summary>
    protected Task AssertAccessibleAsync() => Page.AssertAccessibleAsync();

    private Task<Visit> VisitAsync() => chromium.VisitAsync(signet.Process.Address);
}
