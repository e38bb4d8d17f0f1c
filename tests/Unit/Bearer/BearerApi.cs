using System.Net;
using System.Net.Http.Headers;
using Dashboard.Bearer;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>An API of somebody who uses the library, on a socket of its own, by a clock that a test moves.</summary>
internal sealed class BearerApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BearerApi(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One that a test tells what it sees of Signet.</summary>
    public static Task<BearerApi> StartAsync(FakeSignet signet, ManualClock clock, Action<SignetBearerOptions>? configure = null) =>
        StartAsync(clock, options =>
        {
            options.Issuer = FakeSignet.Issuer;
            options.Audiences.Add(FakeSignet.Audience);
            (options.ClientId, options.ClientSecret) = ("client:api", "a secret+with signs");
            options.Backchannel = signet;
            configure?.Invoke(options);
        });

    /// <summary>One that asks whatever Signet its options name.</summary>
    public static async Task<BearerApi> StartAsync(TimeProvider clock, Action<SignetBearerOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        builder.Services.AddSignetBearer(configure);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/who", (HttpContext context) => context.User.Identity!.Name).RequireAuthorization();
        app.MapGet("/files", () => "files").RequireSignetScope("files:read");
        app.MapGet("/both", () => "both").RequireSignetScope("files:read", "files:write");
        await app.StartAsync(Stop);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new BearerApi(app, new HttpClient { BaseAddress = new Uri(address) });
    }

    /// <summary>The status and the challenge of an answer.</summary>
    public async Task<(HttpStatusCode Status, string Challenge)> AskAsync(string? token, string path = "/who")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tests", "1.0"));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var answer = await Client.SendAsync(request, Stop);
        return (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
