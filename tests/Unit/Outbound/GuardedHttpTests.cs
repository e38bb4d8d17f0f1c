using System.Net;
using System.Net.Sockets;
using Dashboard.Core.Outbound;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.Outbound;

/// <summary>The way to addresses that clients chose.</summary>
public sealed class GuardedHttpTests : IAsyncLifetime
{
    private KeyServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await KeyServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Body_of_a_public_https_address_is_fetched()
    {
        using var http = _server.Way();

        var body = (await http.FetchAsync($"https://keys.example.com:{_server.Port}/jwks", false, Stop)).Body;

        Assert.Equal("{\"keys\":[]}"u8.ToArray(), body);
    }

    [Theory]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://LOCALHOST:{0}/")]
    [InlineData("https://localhost.:{0}/")]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://127.1:{0}/")]
    [InlineData("https://127.0.1:{0}/")]
    [InlineData("https://127.1.2.3:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    [InlineData("https://0x7f000001:{0}/")]
    [InlineData("https://0x7f.0.0.1:{0}/")]
    [InlineData("https://0177.0.0.1:{0}/")]
    [InlineData("https://017700000001:{0}/")]
    [InlineData("https://0.0.0.0:{0}/")]
    [InlineData("https://0:{0}/")]
    [InlineData("https://[::1]:{0}/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://[::ffff:7f00:1]:{0}/")]
    [InlineData("https://[::127.0.0.1]:{0}/")]
    [InlineData("https://\uFF11\uFF12\uFF17.0.0.1:{0}/")]
    [InlineData("https://user@127.0.0.1:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    public async Task This_machine_is_never_called_however_it_is_written(string address)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        using var http = new GuardedHttp(TimeProvider.System, NullLogger<GuardedHttp>.Instance);

        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = (await http.FetchAsync(address.Replace("{0}", port, StringComparison.Ordinal), false, Stop)).Body;

        Assert.Null(body);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Name_that_leads_to_a_private_address_too_is_not_called()
    {
        using var http = _server.Way(PublicAddresses.Contains, () => [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]);

        Assert.Null((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);
        Assert.Equal(0, _server.Requests);
    }

    [Fact]
    public async Task Name_is_looked_up_once_and_the_checked_address_is_called()
    {
        var lookUps = 0;
        List<IPAddress> judged = [];
        using var http = _server.Way(
            address =>
            {
                judged.Add(address);
                return true;
            },
            () => ++lookUps == 1 ? [IPAddress.Loopback] : throw new InvalidOperationException("It was asked again."));

        Assert.NotNull((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);

        Assert.Equal(1, lookUps);
        Assert.Equal([IPAddress.Loopback], judged);
    }

    [Fact]
    public async Task Every_fetch_looks_the_name_up_and_judges_it_anew()
    {
        var isAllowed = true;
        using var http = _server.Way(_ => isAllowed);
        Assert.NotNull((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);

        isAllowed = false;

        Assert.Null((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect($"https://keys.example.com:{_server.Port}/elsewhere");
            return Task.CompletedTask;
        };
        using var http = _server.Way();

        Assert.Null((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);
        Assert.Equal(1, _server.Requests);
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    public async Task Body_beyond_64_kilobytes_is_not_read(int length, bool isRead)
    {
        _server.Answer = context => context.Response.WriteAsync(new string(' ', length));
        using var http = _server.Way();

        Assert.Equal(isRead, (await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_takes_its_time_is_given_five_seconds(bool sendsHeaders)
    {
        var clock = new ManualClock();
        var asked = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            if (sendsHeaders)
            {
                await context.Response.StartAsync(Stop);
            }

            asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        };
        using var http = _server.Way(clock: clock);
        var fetching = http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop);
        await asked.Task.WaitAsync(Stop);

        clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(fetching.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("It does not answer within five seconds.", (await fetching).Fault);
    }

    [Fact]
    public async Task Certificate_that_nobody_vouches_for_ends_it()
    {
        using var http = new GuardedHttp(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            _ => true,
            null,
            TimeProvider.System,
            NullLogger<GuardedHttp>.Instance);

        Assert.Null((await http.FetchAsync($"https://keys.example.com:{_server.Port}/", false, Stop)).Body);
        Assert.Equal(0, _server.Requests);
    }
}
