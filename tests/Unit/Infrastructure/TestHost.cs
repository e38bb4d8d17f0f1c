using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Dashboard.Core;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>The real pipeline over the real core, on a socket of its own, with a few endpoints to try it on.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private TestHost(WebApplication app, string folder, bool ownsFolder) =>
        (_app, Folder, _ownsFolder) = (app, folder, ownsFolder);

    public string Folder { get; }

    public IServiceProvider Services => _app.Services;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts a host.</summary>
    /// <param name="map">Endpoints to try.</param>
    /// <param name="settings">Settings beyond issuer and data folder.</param>
    /// <param name="configure">Services beyond core and hosting.</param>
    /// <param name="folder">A data folder to take over; null for a fresh one that goes with the host.</param>
    public static async Task<TestHost> StartAsync(
        Action<WebApplication>? map = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        string? folder = null)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("signet-test-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Signet:Issuer"] = "https://signet.example.com",
            ["Signet:DataFolder"] = data,
            // Made in no time, unlike an RSA key.
            ["Keys:Algorithm"] = "ES256",
        });
        builder.Configuration.AddInMemoryCollection(StoreKinds.Of(data));
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDashboardCore().AddHosting();
        builder.Services.AddValidation();
        builder.Services.AddAuthentication().AddCookie(Schemes.Session, options => options.LoginPath = "/login");
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseHosting();
        map?.Invoke(app);
        await app.Services.StartDashboardCoreAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new TestHost(app, data, folder is null)
        {
            Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = new Uri(address),
                DefaultRequestVersion = HttpVersion.Version11,
            },
        };
    }

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Client.GetAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Sends bytes as they are, for what a well-behaved client would not send; the answer with its head.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON body of an answer.</summary>
    public static async Task<JsonElement> JsonOf(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
