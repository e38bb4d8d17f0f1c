using Dashboard.Core.Audit;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>What every store of webhooks must do.</summary>
public abstract class WebhookStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IWebhookStore Store => Host.Get<IWebhookStore>();

    [Fact]
    public async Task Added_webhook_is_found_as_it_was_newest_first()
    {
        var first = WebhookBuilder.Webhook() with
        {
            MinimumSeverity = WebhookSeverity.Warning,
            Kinds = ["refresh_replay", "unknown_token"],
            IsEnabled = false,
            DisabledBecause = "It answered 410.",
            MayBePrivate = true,
            PreviousSecret = new WebhookSecret([4, 5], WebhookBuilder.Start.AddDays(-1), WebhookBuilder.Start.AddDays(1)),
        };
        var second = WebhookBuilder.Webhook("wh_2") with { CreatedAt = WebhookBuilder.Start.AddSeconds(1) };

        Assert.True(await AddAsync(first));
        Assert.True(await AddAsync(second));
        await Host.ReopenAsync();

        Assert.Equivalent(new[] { second, first }, await Store.ReadAsync(Stop), strict: true);
        Assert.Equivalent(first, await Store.FindAsync("wh_1", Stop), strict: true);
        Assert.Null(await Store.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task Of_many_at_once_no_more_are_added_than_there_may_be()
    {
        var before = await NewestAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            Store.AddAsync(WebhookBuilder.Webhook($"wh_{number}"), 3, WebhookBuilder.Entry(), Stop))));

        Assert.Equal(3, added.Count(isAdded => isAdded));
        Assert.Equal(3, (await Store.ReadAsync(Stop)).Count);
        Assert.Equal(before + 3, await NewestAsync());
    }

    [Fact]
    public async Task Of_many_replacements_from_one_version_one_succeeds()
    {
        var webhook = WebhookBuilder.Webhook();
        await AddAsync(webhook);
        var before = await NewestAsync();

        var replaced = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            Store.ReplaceAsync(webhook with { Name = $"Name {number}" }, WebhookBuilder.Entry(), Stop))));

        Assert.Single(replaced, true);
        Assert.Equivalent(
            webhook with { Name = $"Name {Array.IndexOf(replaced, true)}", Version = 1 }, await Store.FindAsync("wh_1", Stop), strict: true);
        Assert.Equal(before + 1, await NewestAsync());
        Assert.False(await Store.ReplaceAsync(WebhookBuilder.Webhook("nobody"), WebhookBuilder.Entry(), Stop));
    }

    [Fact]
    public async Task Deleted_webhook_takes_its_deliveries_along_and_no_others()
    {
        var deliveries = Host.Get<IWebhookDeliveryStore>();
        await AddAsync(WebhookBuilder.Webhook());
        await AddAsync(WebhookBuilder.Webhook("wh_2"));
        var (own, other) = (WebhookBuilder.Delivery(), WebhookBuilder.Delivery(webhook: "wh_2"));
        await deliveries.AddAsync([own, other], null, Stop);
        var before = await NewestAsync();

        Assert.True(await Store.DeleteAsync("wh_1", WebhookBuilder.Entry(), Stop));
        Assert.False(await Store.DeleteAsync("wh_1", WebhookBuilder.Entry(), Stop));

        Assert.Null(await deliveries.FindAsync(own.Id, Stop));
        Assert.Empty((await deliveries.ListAsync("wh_1", null, 10, Stop)).Items);
        Assert.Empty(await deliveries.ClaimAsync("wh_1", WebhookBuilder.Start, WebhookBuilder.Start.AddMinutes(1), 10, Stop));
        Assert.Equal(other.Id, Assert.Single((await deliveries.ListAsync("wh_2", null, 10, Stop)).Items).Id);
        Assert.Equal(before + 1, await NewestAsync());
    }

    private Task<bool> AddAsync(Webhook webhook) => Store.AddAsync(webhook, 10, WebhookBuilder.Entry(), Stop);

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteWebhookStoreTests() : WebhookStoreContract(StoreKinds.Sqlite);

public sealed class RedisWebhookStoreTests(RedisServer redis) : WebhookStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterWebhookStoreTests(RedisCluster cluster) : WebhookStoreContract(cluster.Settings());
