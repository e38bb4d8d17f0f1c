using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class HubRulesTests
{
    [Theory]
    [InlineData("/_blazor/negotiate", false, false)]
    [InlineData("/_blazor/negotiate", true, true)]
    [InlineData("/_blazor", true, true)]
    [InlineData("/tokens", true, false)]
    public async Task Node_that_is_about_to_end_opens_no_circuit(string path, bool isStopping, bool isDropped)
    {
        var isReached = false;
        var origins = new OwnOrigins(
            Options.Create(new SignetOptions { Issuer = "https://signet.example.com" }), Options.Create(new HostingOptions()));
        using var lifetime = new Lifetime(isStopping);
        var rules = new HubRules(
            _ =>
            {
                isReached = true;
                return Task.CompletedTask;
            },
            origins,
            lifetime,
            NullLogger<HubRules>.Instance);
        var connection = new Connection();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
        context.Request.Path = path;
        context.Request.Headers.Origin = "https://signet.example.com";

        await rules.InvokeAsync(context);

        Assert.Equal(isDropped, connection.IsDropped);
        Assert.Equal(!isDropped, isReached);
    }

    private sealed class Connection : IHttpRequestLifetimeFeature
    {
        public bool IsDropped { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsDropped = true;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public Lifetime(bool isStopping)
        {
            if (isStopping)
            {
                _stopping.Cancel();
            }
        }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
