using Dashboard.Core.Alerts;
using Dashboard.Core.Webhooks;
using Dashboard.Core.Webhooks.Notices;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>Every alert that opens reaches every webhook that wants it, once.</summary>
public abstract class AlertNoticesContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private AlertBook Book => Host.Get<AlertBook>();

    private AlertNotices Notices => Host.Get<AlertNotices>();

    private IAlertNoticeStore Store => Host.Get<IAlertNoticeStore>();

    [Fact]
    public async Task Alert_that_opens_is_handed_over_once()
    {
        await AddWebhookAsync("wh_1");
        await RaiseAsync("a");
        await Notices.HandOverAsync(Stop);
        await Notices.HandOverAsync(Stop);

        // It goes on, which is no news.
        await RaiseAsync("a");
        await Notices.HandOverAsync(Stop);

        var sent = Assert.Single(await DeliveriesAsync("wh_1"));
        Assert.Equal((AlertNotices.OpenedType, WebhookSeverity.Critical, "audit.broken"), (sent.Message.Type, sent.Message.Severity, sent.Message.Kind));
        var data = TokenBuilder.Json(sent.Message.Json).GetProperty("data");
        Assert.Equal("Something <b>", data.GetProperty("title").GetString());
        Assert.EndsWith("Z", TokenBuilder.Json(sent.Message.Json).GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($"/alerts/{data.GetProperty("id").GetString()}", data.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_handed_over_before_the_place_was_kept_is_not_sent_twice()
    {
        await AddWebhookAsync("wh_1");
        await RaiseAsync("a");
        var message = await HandOverAsync();
        Assert.Equal(0, await Host.Get<WebhookOutbox>().EnqueueAsync(message, Stop));

        Assert.Single(await DeliveriesAsync("wh_1"));
    }

    [Fact]
    public async Task New_webhook_hears_of_no_old_alert_and_a_muted_one_of_none()
    {
        await RaiseAsync("a");
        await Notices.HandOverAsync(Stop);
        await AddWebhookAsync("wh_1");
        await RaiseAsync("b");
        await Notices.HandOverAsync(Stop);

        Assert.Equal("b", TokenBuilder.Json(Assert.Single(await DeliveriesAsync("wh_1")).Message.Json).GetProperty("data").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task More_than_a_batch_is_handed_over_at_once()
    {
        await AddWebhookAsync("wh_1");
        for (var number = 0; number < 130; number++)
        {
            await RaiseAsync($"k-{number}");
        }

        await Notices.HandOverAsync(Stop);

        Assert.Equal(130, (await DeliveriesAsync("wh_1")).Count);
    }

    [Fact]
    public async Task Place_never_goes_back_whoever_writes_it()
    {
        Assert.Equal(0, await Store.ReadAsync(Stop));

        await Task.WhenAll(Enumerable.Range(1, 32).Select(number => Task.Run(() => Store.AdvanceAsync(number, Stop))));
        await Store.AdvanceAsync(5, Stop);

        Assert.Equal(32, await Store.ReadAsync(Stop));
    }

    private Task<AlertRaise> RaiseAsync(string key) => Book.RaiseAsync(
        new AlertDraft(AlertKinds.AuditBroken, key, AlertSeverity.Critical, "Something <b>", key, "/audit"), Stop);

    private async Task<WebhookMessage> HandOverAsync()
    {
        await Notices.HandOverAsync(Stop);
        return (await DeliveriesAsync("wh_1"))[0].Message;
    }

    private async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(string webhook) =>
        (await Host.Get<IWebhookDeliveryStore>().ListAsync(webhook, null, 500, Stop)).Items;

    private async Task AddWebhookAsync(string id) =>
        Assert.True(await Host.Get<IWebhookStore>().AddAsync(WebhookBuilder.Webhook(id), 10, WebhookBuilder.Entry(), Stop));
}

public sealed class SqliteAlertNoticesTests() : AlertNoticesContract(StoreKinds.Sqlite);

public sealed class RedisAlertNoticesTests(RedisServer redis) : AlertNoticesContract(redis.Settings());
