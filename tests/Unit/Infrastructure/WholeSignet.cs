using System.Net;
using Dashboard.Arcp;
using Dashboard.Core;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>The whole program in this process, as it serves: every feature, every endpoint, every page.</summary>
internal sealed class WholeSignet : IAsyncDisposable
{
    public const string Fingerprint = "a-fingerprint-of-a-program";

    private readonly WebApplication _app;
    private readonly string _folder;

    private WholeSignet(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public IEnumerable<RouteEndpoint> Endpoints =>
        Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<WholeSignet> StartAsync(params string[] settings) => StartAsync(static _ => { }, settings);

    /// <summary>Starts it with services replaced.</summary>
    public static async Task<WholeSignet> StartAsync(Action<IServiceCollection> configure, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("signet-whole-").FullName;
        var builder = SignetBuilder.Create(
        [
            "--urls=http://127.0.0.1:0", "--Signet:Issuer=http://localhost", $"--Signet:DataFolder={folder}", "--Keys:Algorithm=ES256",
            "--Logging:LogLevel:Default=None", "--SIGNET_ADMIN_PASSWORD=quiet lantern over water",

            // A machine that is busy with other tests is slow to hear from Redis; what happens then has tests of its own.
            "--Storage:LongestSilence=00:01:00",
            .. StoreKinds.Of(folder).Select(setting => $"--{setting.Key}={setting.Value}"), .. settings,
        ]);
        configure(builder.Services);
        var app = builder.Build();
        app.MapSignet();
        await app.Services.StartDashboardCoreAsync(Stop);
        await app.Services.GetRequiredService<OperatorBootstrap>().EnsureAsync(Stop);
        await app.StartAsync(Stop);

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new WholeSignet(app, folder)
        {
            Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),
                DefaultRequestVersion = HttpVersion.Version11,
            },
        };
    }

    /// <summary>An operator of a role, who need not change their password.</summary>
    public async Task<OperatorAccount> AddOperatorAsync(string name, string role)
    {
        var created = Assert.IsType<OperatorCreation.Created>(await Services.GetRequiredService<OperatorAdministration>()
            .CreateAsync(name, role, null, null, Actor.OfCommand("test"), Stop));
        await Services.GetRequiredService<OperatorChanges>()
            .ApplyAsync(created.Operator.Id, found => found with { MustChangePassword = false }, null, Stop);
        return Services.GetRequiredService<OperatorDirectory>().Find(created.Operator.Id)!;
    }

    /// <summary>A token of the API for an operator, bound to <see cref="Fingerprint"/>.</summary>
    public async Task<string> LogInAsync(OperatorAccount found) =>
        (await Services.GetRequiredService<ApiLogin>().StartAsync(found, null, Fingerprint, RequestOrigin.None, Stop)).AccessToken;

    /// <summary>The value of the cookie header of a browser that an operator is signed in with (<see cref="TestBrowser"/>).</summary>
    public async Task<string> SignInAsync(OperatorAccount found)
    {
        var started = await Services.GetRequiredService<SessionDirectory>().StartAsync(
            new SessionStart
            {
                Kind = SessionKind.Browser,
                Operator = found,
                Browser = new BrowserFacts("a-fingerprint-of-a-browser", TestBrowser.Key, TestBrowser.Headers()),
                Origin = RequestOrigin.None,
            },
            Stop);
        var context = new DefaultHttpContext { RequestServices = Services };
        context.Request.Scheme = "http";
        await Services.GetRequiredService<SessionCookie>().SetAsync(context, started);
        return context.Response.Headers.SetCookie.Single(cookie => cookie!.StartsWith(SessionCookie.Name, StringComparison.Ordinal))!.Split(';')[0];
    }

    /// <summary>Asks as that browser does for a page.</summary>
    public async Task<HttpResponseMessage> GetPageAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("User-Agent", TestBrowser.Chrome);
        request.Headers.TryAddWithoutValidation("Accept-Language", TestBrowser.Headers().AcceptLanguage);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Client.SendAsync(request, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
