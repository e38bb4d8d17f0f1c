using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Core.Webhooks;
using Dashboard.Core.Webhooks.Sending;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>Messages on their way to a receiver.</summary>
public sealed class WebhookSendingTests : IAsyncLifetime
{
    private SendingHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await SendingHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Message_arrives_as_it_is_signed_and_is_recorded()
    {
        _host.Answer = context => context.Response.WriteAsync("thanks", context.RequestAborted);
        var (webhook, secret) = await _host.CreateAsync();

        Assert.Equal(1, await _host.EnqueueAsync());
        Assert.Equal(0, await _host.EnqueueAsync());
        await _host.SendDueAsync();
        await _host.SendDueAsync();

        var arrival = Assert.Single(_host.Arrived);
        Assert.Equal(
            (WebhookBuilder.Message().Json, "application/json", "Signet"),
            (arrival.Body, arrival.Headers["Content-Type"], arrival.Headers["User-Agent"]));
        AssertSigned(arrival, secret!);
        var delivery = await _host.NewestAsync(webhook.Id);
        Assert.Equal((WebhookDeliveryState.Delivered, 1), (delivery.State, delivery.Tries));
        var attempt = Assert.Single(delivery.Attempts);
        Assert.Equal((200, null, "thanks"), (attempt.Status, attempt.Fault, attempt.Answer));
    }

    [Fact]
    public async Task Each_webhook_gets_what_it_wants()
    {
        await _host.CreateAsync("all");
        await _host.CreateAsync("urgent", draft => draft with { MinimumSeverity = WebhookSeverity.Critical });
        await _host.CreateAsync("kind", draft => draft with { Kinds = ["unknown_token"] });
        await _host.CreateAsync("off", draft => draft with { IsEnabled = false });

        await _host.EnqueueAsync(WebhookBuilder.Message("m1", "unknown_token", WebhookSeverity.Warning));
        await _host.EnqueueAsync(WebhookBuilder.Message("m2", "refresh_replay", WebhookSeverity.Critical));
        await _host.SendDueAsync();

        Assert.Equal(
            ["/all m1", "/all m2", "/kind m1", "/urgent m2"],
            _host.Arrived.Select(arrival => $"{arrival.Path} {arrival.Headers["webhook-id"]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a\r\nb")]
    public async Task Message_whose_id_could_not_be_signed_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _host.EnqueueAsync(WebhookBuilder.Message(id)));

    [Fact]
    public async Task Failure_is_tried_again_at_its_time_and_given_up_after_about_a_day()
    {
        _host.Answer = async context =>
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync(new string('x', 100_000), context.RequestAborted);
        };
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();
        var began = _host.Core.Clock.GetUtcNow();

        foreach (var pause in WebhookSchedule.Pauses)
        {
            await _host.SendDueAsync();
            var waiting = await _host.NewestAsync(webhook.Id);
            Assert.True(waiting.IsFailing);
            Assert.Equal((WebhookDeliveryState.Waiting, new string('x', 500)), (waiting.State, waiting.Attempts[^1].Answer));
            Assert.Equal("It answers with status 503 instead of 2xx.", waiting.Attempts[^1].Fault);
            _host.Core.Clock.Advance(pause - TimeSpan.FromMilliseconds(1));
            await _host.SendDueAsync();
            Assert.Equal(waiting.Tries, _host.Arrived.Count);
            _host.Core.Clock.Advance((pause * 0.1) + TimeSpan.FromMilliseconds(1));
        }

        await _host.SendDueAsync();

        var delivery = await _host.NewestAsync(webhook.Id);
        Assert.Equal(
            (WebhookDeliveryState.GivenUp, 10, "It failed 10 times within about a day."),
            (delivery.State, _host.Arrived.Count, delivery.GivenUpBecause));
        Assert.InRange(_host.Core.Clock.GetUtcNow() - began, TimeSpan.FromHours(23), TimeSpan.FromHours(27));
        Assert.Single(_host.Arrived.Select(arrival => arrival.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Retry_after_is_heeded()
    {
        _host.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "3600");
            return Task.CompletedTask;
        };
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();

        await _host.SendDueAsync();

        Assert.Equal(_host.Core.Clock.GetUtcNow().AddHours(1), (await _host.NewestAsync(webhook.Id)).DueAt);
    }

    [Fact]
    public async Task Redirect_is_a_failure_and_not_followed()
    {
        _host.Answer = context =>
        {
            context.Response.Redirect(_host.UrlOf("elsewhere"), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();

        await _host.SendDueAsync();

        Assert.Single(_host.Arrived);
        Assert.Contains("redirects are not followed", (await _host.NewestAsync(webhook.Id)).Attempts[0].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_that_wants_no_more_is_disabled_and_the_log_says_why()
    {
        _host.Answer = context =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();
        await _host.EnqueueAsync(WebhookBuilder.Message("msg_2"));

        await _host.SendDueAsync();
        await _host.SendDueAsync();

        var disabled = (await _host.Webhooks.FindAsync(webhook.Id, Stop))!;
        Assert.False(disabled.IsEnabled);
        Assert.Contains("410", disabled.DisabledBecause, StringComparison.Ordinal);
        Assert.Contains(
            (await _host.Deliveries.ListAsync(webhook.Id, null, 10, Stop)).Items,
            delivery => delivery.State is WebhookDeliveryState.GivenUp && delivery.GivenUpBecause!.Contains("410", StringComparison.Ordinal));
        var entry = (await _host.Core.Get<AuditLog>().ListAsync(new AuditFilter(Action: "webhook.disabled"), null, 5, Stop)).Items.Single();
        Assert.Equal(("signet", webhook.Id), (entry.Entry.Who.Name, entry.Entry.ObjectId));
        Assert.Equal(0, await _host.EnqueueAsync(WebhookBuilder.Message("msg_3")));
    }

    [Fact]
    public async Task Slow_receiver_holds_up_nobody_else()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Answer = context => context.Request.Path == "/slow" ? gate.Task : Task.CompletedTask;
        var (slow, _) = await _host.CreateAsync("slow");
        var (fast, _) = await _host.CreateAsync("fast");
        for (var number = 0; number < 10; number++)
        {
            await _host.EnqueueAsync(WebhookBuilder.Message($"msg_{number}"));
        }

        var dispatcher = _host.Core.Get<WebhookDispatcher>();
        var lanes = await dispatcher.StartDueAsync(Stop);
        await Eventually.TrueAsync(async () => await CountAsync(fast, WebhookDeliveryState.Delivered) == 10);

        Assert.Equal(WebhookDispatcher.Lanes, await CountAsync(slow, WebhookDeliveryState.Sending));
        Assert.Empty(await dispatcher.StartDueAsync(Stop));
        gate.SetResult();
        await Task.WhenAll(lanes);
        Assert.Equal(10, await CountAsync(slow, WebhookDeliveryState.Delivered));
    }

    [Fact]
    public async Task Two_nodes_send_each_message_once()
    {
        await _host.CreateAsync();
        for (var number = 0; number < 20; number++)
        {
            await _host.EnqueueAsync(WebhookBuilder.Message($"msg_{number}"));
        }

        var nodes = Enumerable.Range(0, 2).Select(_ => ActivatorUtilities.CreateInstance<WebhookDispatcher>(_host.Core.Services)).ToList();
        await Task.WhenAll(nodes.Select(async node => await Task.WhenAll(await node.StartDueAsync(Stop))));

        Assert.Equal(20, _host.Arrived.Count);
        Assert.Equal(20, _host.Arrived.Select(arrival => arrival.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Message_of_a_node_that_died_is_sent_when_its_claim_ends()
    {
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();
        var now = _host.Core.Clock.GetUtcNow();
        Assert.Single(await _host.Core.Get<IWebhookDeliveryStore>().ClaimAsync(webhook.Id, now, now + WebhookSender.Lease, 1, Stop));

        await _host.Core.ReopenAsync();
        await _host.SendDueAsync();
        Assert.Empty(_host.Arrived);
        _host.Core.Clock.Advance(WebhookSender.Lease);
        await _host.SendDueAsync();

        Assert.Single(_host.Arrived);
        Assert.Equal(WebhookDeliveryState.Delivered, (await _host.NewestAsync(webhook.Id)).State);
    }

    [Fact]
    public async Task Rotated_secret_signs_beside_the_new_one_for_a_day()
    {
        var (webhook, first) = await _host.CreateAsync();
        var second = Assert.IsType<WebhookChange.Changed>(
            await _host.Webhooks.RotateSecretAsync(webhook.Id, "yearly", Actor.Signet, Stop)).Secret!;

        await SendAsync("msg_1");
        _host.Core.Clock.Advance(WebhookAdministration.Overlap);
        await SendAsync("msg_2");

        var arrivals = _host.Arrived.ToList();
        AssertSigned(arrivals[0], first!);
        AssertSigned(arrivals[0], second);
        AssertSigned(arrivals[1], second);
        Assert.DoesNotContain(SignatureOf(arrivals[1], first!), arrivals[1].Headers["webhook-signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_is_nowhere_in_the_store_and_outlives_a_change_of_the_master_key()
    {
        var (_, secret) = await _host.CreateAsync();
        var key = Convert.FromBase64String(secret!["whsec_".Length..]);

        await _host.Core.Get<MasterKeyChange>().ChangeAsync("yearly", Actor.Signet, Stop);
        await _host.Core.ReopenAsync();
        await SendAsync("msg_1");

        AssertSigned(Assert.Single(_host.Arrived), secret);
        var stored = _host.Core.ReadStoreBytes();
        Assert.Equal(-1, stored.AsSpan().IndexOf(key));
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret["whsec_".Length..])));
    }

    [Fact]
    public async Task What_waits_for_a_disabled_webhook_is_sent_when_it_is_enabled_and_given_up_after_two_days()
    {
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();
        await SwitchAsync(webhook, false);
        await _host.SendDueAsync();
        Assert.Empty(_host.Arrived);

        _host.Core.Clock.Advance(TimeSpan.FromDays(1));
        await SwitchAsync(webhook, true);
        await _host.SendDueAsync();
        Assert.Single(_host.Arrived);

        await _host.EnqueueAsync(WebhookBuilder.Message("msg_2"));
        await SwitchAsync(webhook, false);
        _host.Core.Clock.Advance(TimeSpan.FromDays(2.1));
        await SwitchAsync(webhook, true);
        await _host.SendDueAsync();
        Assert.Single(_host.Arrived);
        Assert.Equal(WebhookDeliveryState.GivenUp, (await _host.NewestAsync(webhook.Id)).State);
    }

    private async Task SwitchAsync(Webhook webhook, bool isEnabled) => Assert.IsType<WebhookChange.Changed>(
        await _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft() with { IsEnabled = isEnabled }, null, "a test", Actor.Signet, Stop));

    private async Task SendAsync(string id)
    {
        await _host.EnqueueAsync(WebhookBuilder.Message(id));
        await _host.SendDueAsync();
    }

    private async Task<int> CountAsync(Webhook webhook, WebhookDeliveryState state) =>
        (await _host.Deliveries.ListAsync(webhook.Id, null, 50, Stop)).Items.Count(delivery => delivery.State == state);

    private void AssertSigned(Arrival arrival, string secret)
    {
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(arrival.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.InRange(_host.Core.Clock.GetUtcNow() - sentAt, TimeSpan.Zero, TimeSpan.FromDays(2));
        Assert.Contains(SignatureOf(arrival, secret), arrival.Headers["webhook-signature"].Split(' '));
    }

    private static string SignatureOf(Arrival arrival, string secret) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]),
        Encoding.UTF8.GetBytes($"{arrival.Headers["webhook-id"]}.{arrival.Headers["webhook-timestamp"]}.{arrival.Body}")));
}
