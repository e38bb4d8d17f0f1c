using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>What every store of deliveries must do.</summary>
public abstract class WebhookDeliveryStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = WebhookBuilder.Start;

    private IWebhookDeliveryStore Store => Host.Get<IWebhookDeliveryStore>();

    [Fact]
    public async Task Added_delivery_is_found_as_it_was_and_added_once()
    {
        var delivery = WebhookBuilder.Delivery() with
        {
            State = WebhookDeliveryState.GivenUp,
            DueAt = null,
            Tries = 2,
            Attempts =
            [
                new WebhookAttempt(Start, null, "Nobody listens there.", TimeSpan.FromMilliseconds(12), ""),
                new WebhookAttempt(Start.AddSeconds(5), 500, "It answers with status 500.", TimeSpan.FromSeconds(1), "\0<b>\"é\u202e"),
            ],
            EndedAt = Start.AddSeconds(6),
            GivenUpBecause = "It failed.",
        };
        await AddWebhookAsync();
        var before = await NewestAsync();

        Assert.Equal(1, await Store.AddAsync([delivery, WebhookBuilder.Delivery(webhook: "wh_gone")], WebhookBuilder.Entry(), Stop));
        Assert.Equal(0, await Store.AddAsync([delivery with { Tries = 9 }], WebhookBuilder.Entry(), Stop));
        Assert.Equal(0, await Store.AddAsync([WebhookBuilder.Delivery()], null, Stop));
        await Host.ReopenAsync();

        Assert.Equivalent(delivery, await Store.FindAsync(delivery.Id, Stop), strict: true);
        Assert.Null(await Store.FindAsync("nobody", Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Of_many_senders_at_once_each_delivery_has_one()
    {
        await AddWebhookAsync();
        var all = Enumerable.Range(0, 100).Select(number => WebhookBuilder.Delivery($"msg_{number}")).ToList();
        await Store.AddAsync(all, null, Stop);

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(SendAllAsync)))).SelectMany(some => some).ToList();

        Assert.Equal(
            all.Select(delivery => delivery.Id).Order(StringComparer.Ordinal),
            claimed.Select(delivery => delivery.Id).Order(StringComparer.Ordinal));
        Assert.All(claimed, delivery => Assert.Equal(WebhookDeliveryState.Sending, delivery.State));

        // Until nothing is due: others claim and finish in the middle of every step.
        async Task<List<WebhookDelivery>> SendAllAsync()
        {
            List<WebhookDelivery> own = [];
            while ((await Store.ListAsync("wh_1", null, 200, Stop)).Items.Any(delivery => delivery.State is WebhookDeliveryState.Waiting))
            {
                foreach (var delivery in await Store.ClaimAsync("wh_1", Start, Start.AddMinutes(1), 3, Stop))
                {
                    own.Add(delivery);
                    Assert.True(await Store.ReplaceAsync(
                        delivery with { State = WebhookDeliveryState.Delivered, DueAt = null, EndedAt = Start }, null, Stop));
                }
            }

            return own;
        }
    }

    [Fact]
    public async Task What_was_claimed_and_not_replaced_is_due_again_and_its_first_sender_changes_nothing()
    {
        await AddWebhookAsync();
        await Store.AddAsync([WebhookBuilder.Delivery()], null, Stop);
        var lost = Assert.Single(await Store.ClaimAsync("wh_1", Start, Start.AddMinutes(1), 5, Stop));
        Assert.Empty(await Store.ClaimAsync("wh_1", Start.AddSeconds(59), Start.AddMinutes(2), 5, Stop));

        var again = Assert.Single(await Store.ClaimAsync("wh_1", Start.AddMinutes(1), Start.AddMinutes(2), 5, Stop));

        var delivered = again with { State = WebhookDeliveryState.Delivered, DueAt = null, EndedAt = Start.AddMinutes(1) };
        Assert.False(await Store.ReplaceAsync(lost with { State = WebhookDeliveryState.Waiting, DueAt = Start }, null, Stop));
        Assert.True(await Store.ReplaceAsync(delivered, null, Stop));
        Assert.Empty(await Store.ClaimAsync("wh_1", Start.AddDays(1), Start.AddDays(2), 5, Stop));
        Assert.Equivalent(delivered with { Version = again.Version + 1 }, await Store.FindAsync(again.Id, Stop), strict: true);
    }

    [Fact]
    public async Task The_first_to_be_due_is_claimed_first_and_only_of_that_webhook()
    {
        await AddWebhookAsync();
        await AddWebhookAsync("wh_2");
        var later = WebhookBuilder.Delivery("msg_1") with { DueAt = Start.AddSeconds(2) };
        var first = WebhookBuilder.Delivery("msg_2") with { DueAt = Start.AddSeconds(1) };
        var tomorrow = WebhookBuilder.Delivery("msg_3") with { DueAt = Start.AddDays(1) };
        await Store.AddAsync([later, first, tomorrow, WebhookBuilder.Delivery("msg_1", "wh_2")], null, Stop);

        Assert.Equal([first.Id], await ClaimAsync(1));
        Assert.Equal([later.Id], await ClaimAsync(9));

        async Task<string[]> ClaimAsync(int limit) =>
            [.. (await Store.ClaimAsync("wh_1", Start.AddMinutes(1), Start.AddMinutes(2), limit, Stop)).Select(delivery => delivery.Id)];
    }

    [Fact]
    public async Task Deliveries_are_listed_newest_first_page_by_page()
    {
        await AddWebhookAsync();
        await AddWebhookAsync("wh_2");
        List<WebhookDelivery> all =
            [.. Enumerable.Range(0, 7).Select(number => WebhookBuilder.Delivery($"msg_{number}", later: TimeSpan.FromSeconds(number / 3)))];
        await Store.AddAsync([.. all, WebhookBuilder.Delivery("msg_1", "wh_2")], null, Stop);

        List<string> found = [];
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync("wh_1", cursor, 3, Stop);
            Assert.Equal((7, false), (page.Total, page.TotalIsCapped));
            found.AddRange(page.Items.Select(delivery => delivery.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(
            all.OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Id, StringComparer.Ordinal)
                .Select(delivery => delivery.Id),
            found);
    }

    [Fact]
    public async Task Only_the_leader_purges_and_only_what_is_old()
    {
        await AddWebhookAsync();
        var (old, young) = (WebhookBuilder.Delivery("msg_1"), WebhookBuilder.Delivery("msg_2", later: TimeSpan.FromDays(1)));
        await Store.AddAsync([old, young], null, Stop);

        Assert.Equal(1, await Store.PurgeAsync(Start.AddDays(1), 10, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Start.AddDays(1), 10, Term, Stop));
        Assert.Equal(young.Id, Assert.Single((await Store.ListAsync("wh_1", null, 10, Stop)).Items).Id);
        Assert.Equal(young.Id, Assert.Single(await Store.ClaimAsync("wh_1", Start.AddDays(2), Start.AddDays(3), 10, Stop)).Id);

        await EndTermAsync();
        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Start.AddDays(9), 10, Term, Stop));
    }

    private Task<bool> AddWebhookAsync(string id = "wh_1") =>
        Host.Get<IWebhookStore>().AddAsync(WebhookBuilder.Webhook(id), 10, WebhookBuilder.Entry(), Stop);

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteWebhookDeliveryStoreTests() : WebhookDeliveryStoreContract(StoreKinds.Sqlite);

public sealed class RedisWebhookDeliveryStoreTests(RedisServer redis) : WebhookDeliveryStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterWebhookDeliveryStoreTests(RedisCluster cluster) : WebhookDeliveryStoreContract(cluster.Settings());
