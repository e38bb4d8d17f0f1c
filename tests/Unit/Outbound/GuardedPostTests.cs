using System.Net;
using System.Net.Sockets;
using Dashboard.Core.Outbound;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.Outbound;

/// <summary>Posting to addresses that somebody else chose.</summary>
public sealed class GuardedPostTests : IAsyncLifetime
{
    private KeyServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await KeyServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Body_and_headers_arrive_and_the_beginning_of_the_answer_is_kept()
    {
        var body = "";
        _server.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            body = $"{context.Request.Method} {context.Request.Headers["webhook-id"]} {await reader.ReadToEndAsync(context.RequestAborted)}";
            context.Response.StatusCode = 202;
            await context.Response.WriteAsync(string.Concat(Enumerable.Repeat("\U0001F600", 400)), context.RequestAborted);
        };
        using var http = _server.Way();

        var posted = await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);

        Assert.Equal("POST msg_1 {}", body);
        Assert.Equal((202, null), (posted.Status, posted.Fault));
        Assert.Equal(string.Concat(Enumerable.Repeat("\U0001F600", 250)), posted.Answer);
    }

    [Theory]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    [InlineData("https://0x7f.0.0.1:{0}/")]
    [InlineData("https://[::1]:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://user@127.0.0.1:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://example.com:{0}/")]
    public async Task This_machine_is_never_called_however_it_is_written(string address)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        using var http = new GuardedHttp(TimeProvider.System, NullLogger<GuardedHttp>.Instance);

        var posted = await PostAsync(
            http, string.Format(System.Globalization.CultureInfo.InvariantCulture, address, ((IPEndPoint)listener.LocalEndpoint).Port), false);

        Assert.NotNull(posted.Fault);
        Assert.Null(posted.Status);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a00:1")]
    public async Task Name_that_leads_into_our_network_is_not_called_not_even_beside_a_public_one(string ip)
    {
        using var http = _server.Way(PublicAddresses.Contains, () => [IPAddress.Parse("93.184.215.14"), IPAddress.Parse(ip)]);

        var posted = await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);

        Assert.Contains("public", posted.Fault, StringComparison.Ordinal);
        Assert.Equal(0, _server.Requests);
    }

    [Fact]
    public async Task Name_is_looked_up_once_and_the_address_that_was_checked_is_called()
    {
        var lookUps = 0;
        using var http = _server.Way(
            address => address.Equals(IPAddress.Loopback),
            () => ++lookUps == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("10.0.0.1")]);

        Assert.Null((await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false)).Fault);
        Assert.Equal(1, lookUps);

        // No connection is kept that a later look-up would not allow any more.
        Assert.Contains("public", (await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false)).Fault, StringComparison.Ordinal);
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect("https://169.254.169.254/", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        using var http = _server.Way();

        var posted = await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);

        Assert.Equal((307, "It answers with status 307; redirects are not followed."), (posted.Status, posted.Fault));
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task Plain_http_in_our_network_is_called_where_that_is_allowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = _server.Way(_ => false);
        var posting = PostAsync(http, $"http://hooks.internal:{((IPEndPoint)listener.LocalEndpoint).Port}/", true);
        using var connection = await listener.AcceptTcpClientAsync(Stop);
        await using var stream = connection.GetStream();
        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Stop);

        Assert.Equal((204, null), ((await posting).Status, (await posting).Fault));
    }

    [Fact]
    public async Task Receiver_that_never_answers_is_left_after_five_seconds()
    {
        var clock = new ManualClock();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = async context =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        using var http = _server.Way(clock: clock);
        var posting = PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);
        await begun.Task;

        clock.Advance(GuardedHttp.Patience);

        Assert.Equal("It does not answer within five seconds.", (await posting).Fault);
    }

    [Fact]
    public async Task Answer_that_never_ends_counts_by_its_status()
    {
        var clock = new ManualClock();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = async context =>
        {
            await context.Response.WriteAsync("so far", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        using var http = _server.Way(clock: clock);
        var posting = PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);
        await begun.Task;
        await Eventually.TrueAsync(() =>
        {
            // The answer's head may still be under way: its status counts once it is there.
            clock.Advance(GuardedHttp.Patience / 100);
            return posting.IsCompleted;
        });

        Assert.Equal((200, null), ((await posting).Status, (await posting).Fault));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("nonsense", null)]
    public async Task Retry_after_is_read(string header, int? seconds)
    {
        _server.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, header);
            return Task.CompletedTask;
        };
        using var http = _server.Way();

        var posted = await PostAsync(http, $"https://hooks.example.com:{_server.Port}/", false);

        Assert.Equal(seconds, (int?)posted.RetryAfter?.TotalSeconds);
    }

    private static Task<Posted> PostAsync(GuardedHttp http, string address, bool mayBePrivate) =>
        http.PostAsync(address, "{}"u8.ToArray(), [("webhook-id", "msg_1")], mayBePrivate, Stop);
}
