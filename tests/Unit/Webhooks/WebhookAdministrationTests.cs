using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>What people do with webhooks.</summary>
public sealed class WebhookAdministrationTests : IAsyncLifetime
{
    private SendingHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await SendingHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("http://hooks.example.com/")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("https://user@hooks.example.com/")]
    [InlineData("https://hooks.example.com/#part")]
    [InlineData("hooks.example.com")]
    [InlineData("https://hooks example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("")]
    public async Task Address_that_may_never_be_called_is_not_taken(string url)
    {
        var refused = Assert.IsType<WebhookChange.Invalid>(
            await _host.Webhooks.CreateAsync(_host.Draft() with { Url = url }, null, Actor.Signet, Stop));

        Assert.Equal("url", Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public async Task Every_fault_is_named()
    {
        var draft = _host.Draft() with { Name = "", Kinds = ["No Kind"], MayBePrivate = true };

        var refused = Assert.IsType<WebhookChange.Invalid>(await _host.Webhooks.CreateAsync(draft, null, Actor.Signet, Stop));

        Assert.Equal(["name", "may_be_private", "kinds"], refused.Faults.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("true", "")]
    [InlineData("false", "other.example.com 10.0.0.7 HOOKS.internal")]
    public async Task Own_network_is_allowed_where_the_settings_name_it(string allowsAll, string hosts)
    {
        await _host.Core.ReopenAsync(("Webhooks:AllowPrivateAddresses", allowsAll), ("Webhooks:AllowedHosts", hosts));

        Assert.True(_host.Webhooks.MayAnyBePrivate);
        foreach (var url in new[] { "http://10.0.0.7:8080/", "http://hooks.internal/signet" })
        {
            Assert.IsType<WebhookChange.Changed>(
                await _host.Webhooks.CreateAsync(_host.Draft() with { Url = url, MayBePrivate = true }, null, Actor.Signet, Stop));
            Assert.IsType<WebhookChange.Invalid>(await _host.Webhooks.CreateAsync(
                _host.Draft() with { Url = url.Replace("hooks.internal", "10.0.0.7", StringComparison.Ordinal) }, null, Actor.Signet, Stop));
        }
    }

    [Fact]
    public async Task Every_change_stands_in_the_audit_log_without_secrets()
    {
        var (webhook, _) = await _host.CreateAsync("hook?key=hidden-in-the-address");
        await _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft("other?key=hidden-in-the-address"), 0, "moved", Actor.Signet, Stop);
        await _host.Webhooks.RotateSecretAsync(webhook.Id, "yearly", Actor.Signet, Stop);
        await _host.Deliveries.TestAsync(webhook.Id, Actor.Signet, Stop);
        await _host.Webhooks.DeleteAsync(webhook.Id, "done with", Actor.Signet, Stop);

        var entries = (await _host.Core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: webhook.Id), null, 9, Stop)).Items;
        Assert.Equal(
            ["webhook.deleted", "webhook.tested", "webhook.secret_rotated", "webhook.changed", "webhook.created"],
            entries.Select(record => record.Entry.Action));
        Assert.Equal(["done with", null, "yearly", "moved", "a test"], entries.Select(record => record.Entry.Reason));
        Assert.All(entries, record => Assert.DoesNotContain("hidden-in", record.Entry.Before + record.Entry.After, StringComparison.Ordinal));
        Assert.All(entries, record => Assert.DoesNotContain("whsec_", record.Entry.Before + record.Entry.After, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_of_an_old_version_changes_nothing()
    {
        var (webhook, _) = await _host.CreateAsync();
        await _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft("first"), webhook.Version, "moved", Actor.Signet, Stop);

        var stale = Assert.IsType<WebhookChange.Stale>(
            await _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft("second"), webhook.Version, "moved", Actor.Signet, Stop));

        Assert.EndsWith("/first", stale.Webhook.Url, StringComparison.Ordinal);
        Assert.IsType<WebhookChange.Unknown>(
            await _host.Webhooks.ChangeAsync("wh_gone", _host.Draft(), null, "moved", Actor.Signet, Stop));
    }

    [Fact]
    public async Task Test_message_is_sent_once_also_to_a_disabled_webhook()
    {
        var (webhook, _) = await _host.CreateAsync(change: draft => draft with { IsEnabled = false });
        var arrived = Assert.IsType<WebhookResend.Sent>(await _host.Deliveries.TestAsync(webhook.Id, Actor.Signet, Stop)).Delivery;
        _host.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var failed = Assert.IsType<WebhookResend.Sent>(await _host.Deliveries.TestAsync(webhook.Id, Actor.Signet, Stop)).Delivery;

        Assert.Equal((WebhookDeliveryState.Delivered, WebhookDeliveryState.GivenUp), (arrived.State, failed.State));
        Assert.Equal(500, failed.Attempts[^1].Status);
        Assert.Equal(2, _host.Arrived.Count);
        Assert.Contains("\"type\":\"signet.test\"", _host.Arrived.First().Body, StringComparison.Ordinal);
        Assert.EndsWith("Z", TokenBuilder.Json(arrived.Message.Json).GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        Assert.IsType<WebhookResend.Unknown>(await _host.Deliveries.TestAsync("wh_gone", Actor.Signet, Stop));
    }

    [Fact]
    public async Task What_came_to_its_end_is_sent_again_under_the_same_id()
    {
        var (webhook, _) = await _host.CreateAsync();
        await _host.EnqueueAsync();
        await _host.SendDueAsync();
        var delivered = await _host.NewestAsync(webhook.Id);

        Assert.IsType<WebhookResend.Sent>(await _host.Deliveries.SendAgainAsync(webhook.Id, delivered.Id, "lost there", Actor.Signet, Stop));
        await _host.SendDueAsync();

        Assert.Equal(["msg_1", "msg_1"], _host.Arrived.Select(arrival => arrival.Headers["webhook-id"]));
        Assert.Equal(2, (await _host.NewestAsync(webhook.Id)).Attempts.Count);
        Assert.IsType<WebhookResend.Unknown>(await _host.Deliveries.SendAgainAsync("wh_other", delivered.Id, null, Actor.Signet, Stop));
        await _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft() with { IsEnabled = false }, null, "quiet", Actor.Signet, Stop);
        Assert.IsType<WebhookResend.Disabled>(await _host.Deliveries.SendAgainAsync(webhook.Id, delivered.Id, null, Actor.Signet, Stop));
    }

    [Theory]
    [InlineData(Roles.Administrator, false)]
    [InlineData(Roles.Reviewer, true)]
    [InlineData(Roles.Support, true)]
    public async Task Whoever_may_not_or_did_not_prove_it_changes_nothing(string role, bool isProven)
    {
        var (webhook, _) = await _host.CreateAsync();
        var who = new Actor("alice", role) { ProvenAt = isProven ? _host.Core.Clock.GetUtcNow() : null };

        await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Webhooks.CreateAsync(_host.Draft(), null, who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(
            () => _host.Webhooks.ChangeAsync(webhook.Id, _host.Draft("x"), null, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Webhooks.RotateSecretAsync(webhook.Id, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Webhooks.DeleteAsync(webhook.Id, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Deliveries.TestAsync(webhook.Id, who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Deliveries.SendAgainAsync(webhook.Id, "whd_1", null, who, Stop));

        Assert.Equivalent(webhook, Assert.Single(await _host.Webhooks.ListAsync(Stop)));
        Assert.Empty(_host.Arrived);
    }
}
