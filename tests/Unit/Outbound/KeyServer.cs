using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dashboard.Core.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.Outbound;

/// <summary>A client's own server with its keys: https on this machine, under any name.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _thumbprint;

    private KeyServer(WebApplication app, string thumbprint) => (_app, _thumbprint) = (app, thumbprint);

    /// <summary>What is answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("{\"keys\":[]}");

    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static async Task<KeyServer> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=keys.example.com", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var server = new KeyServer(app, certificate.GetCertHashString());
        app.Run(context =>
        {
            server.Requests++;
            return server.Answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A way to it that takes this machine for the internet.</summary>
    public GuardedHttp Way(
        Func<IPAddress, bool>? isAllowed = null, Func<IPAddress[]>? lookUp = null, TimeProvider? clock = null) => new(
        (_, _) => Task.FromResult(lookUp?.Invoke() ?? [IPAddress.Loopback]),
        isAllowed ?? (_ => true),
        (_, found, _, _) => found?.GetCertHashString() == _thumbprint,
        clock ?? TimeProvider.System,
        NullLogger<GuardedHttp>.Instance);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
