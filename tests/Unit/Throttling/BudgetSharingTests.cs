using System.Net;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Throttling;

/// <summary>What several nodes count together.</summary>
public sealed class BudgetSharingTests(RedisServer redis)
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_have_one_budget_together()
    {
        var settings = Settings(redis.Settings());
        await using var here = await CoreHost.StartAsync(settings);
        await using var there = await CoreHost.StartAsync(settings);
        Charge(here, 6);
        Charge(there, 5);
        Assert.False(IsSpent(here) || IsSpent(there));

        await ShareAsync(here);
        await ShareAsync(there);
        Assert.True(IsSpent(there));
        Assert.False(IsSpent(here));
        Charge(here, 1);
        await ShareAsync(here);

        Assert.True(IsSpent(here));

        // Twelve are twelve, however often they are shared, and a minute later they begin to fade.
        await ShareAsync(there);
        foreach (var node in new[] { here, there })
        {
            node.Clock.Advance(TimeSpan.FromSeconds(71));
            Assert.False(IsSpent(node));
        }
    }

    [Fact]
    public async Task Counts_outlive_a_restart_of_a_single_node()
    {
        await using var host = await CoreHost.StartAsync(Settings(StoreKinds.Default));
        Charge(host, 9);
        await ShareAsync(host);

        await host.ReopenAsync();
        Charge(host, 1);
        Assert.False(IsSpent(host));
        await ShareAsync(host);

        Assert.True(IsSpent(host));
    }

    [Fact]
    public async Task Without_the_store_a_node_allows_half_and_tells_later_what_it_counted()
    {
        await using var host = await CoreHost.StartAsync(Settings(StoreKinds.Sqlite));
        Charge(host, 5);
        host.Tamper("ALTER TABLE throttles RENAME TO lost;");

        await ShareAsync(host);

        Assert.True(IsSpent(host));
        host.Tamper("ALTER TABLE lost RENAME TO throttles;");
        await ShareAsync(host);
        Assert.False(IsSpent(host));
        Assert.Equal(5, host.Database.QueryFirst<long>("SELECT SUM(failures) FROM throttles;"));
    }

    [Fact]
    public async Task Every_second_what_is_new_is_shared_without_being_asked()
    {
        await using var host = await CoreHost.StartAsync(Settings(StoreKinds.Sqlite));
        var sharing = host.Get<BudgetSharing>();
        await sharing.StartAsync(Stop);
        await Eventually.TrueAsync(() => host.Clock.WaitingTimers > 0);
        Charge(host, 3);

        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => host.Database.QueryFirst<long>("SELECT COALESCE(SUM(failures), 0) FROM throttles;") == 3);
        await sharing.StopAsync(Stop);
    }

    private static Dictionary<string, string?> Settings(IReadOnlyDictionary<string, string?> store) =>
        new(store, StringComparer.OrdinalIgnoreCase)
        {
            ["Throttling:Budgets:Validation"] = "10",
            ["SIGNET_MASTER_KEY"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        };

    private static void Charge(CoreHost host, int times)
    {
        for (var number = 0; number < times; number++)
        {
            host.Get<RequestBudgets>().Charge(RequestBudget.Validation, Address);
        }
    }

    private static bool IsSpent(CoreHost host) =>
        host.Get<RequestBudgets>().FindSpent(RequestBudget.Validation, Address) is not null;

    private static Task ShareAsync(CoreHost host) => host.Get<BudgetSharing>().ShareAsync(Stop);
}
