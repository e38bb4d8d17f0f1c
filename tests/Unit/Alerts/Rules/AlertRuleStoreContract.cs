using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Audit;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Alerts.Rules;

/// <summary>What every store of rules must do.</summary>
public abstract class AlertRuleStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly AlertRule Rule = new()
    {
        Id = "rule_1",
        Name = "Expired",
        Code = "TOKEN_EXPIRED",
        By = AlertRuleBy.Client,
        Threshold = 20,
        Window = TimeSpan.FromMinutes(90),
        Severity = AlertSeverity.Critical,
        IsEnabled = true,
    };

    private IAlertRuleStore Store => Host.Get<IAlertRuleStore>();

    [Fact]
    public async Task Stored_rules_are_found_as_they_were_by_name()
    {
        var any = Rule with { Id = "rule_2", Name = "Any", Code = null, By = AlertRuleBy.None, IsEnabled = false };
        Assert.True(await Store.PutAsync(Rule, Entry(), Stop));
        Assert.True(await Store.PutAsync(any, Entry(), Stop));
        await Host.ReopenAsync();

        Assert.Equal([any with { Version = 1 }, Rule with { Version = 1 }], await Store.ReadAsync(Stop));
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_at_once_one_succeeds()
    {
        var before = await NewestAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.PutAsync(Rule, Entry(), Stop))));
        Assert.Single(added, true);

        var changed = await Task.WhenAll(Enumerable.Range(1, 32).Select(number =>
            Task.Run(() => Store.PutAsync(Rule with { Threshold = number, Version = 1 }, Entry(), Stop))));

        Assert.Single(changed, true);
        Assert.Equal(Rule with { Threshold = Array.IndexOf(changed, true) + 1, Version = 2 }, Assert.Single(await Store.ReadAsync(Stop)));
        Assert.Equal(before + 2, await NewestAsync());
    }

    [Fact]
    public async Task Deleted_rule_is_gone_and_a_missing_one_changes_nothing()
    {
        await Store.PutAsync(Rule, Entry(), Stop);

        Assert.True(await Store.DeleteAsync(Rule.Id, Entry(), Stop));
        var before = await NewestAsync();
        Assert.False(await Store.DeleteAsync(Rule.Id, Entry(), Stop));

        Assert.Empty(await Store.ReadAsync(Stop));
        Assert.Equal(before, await NewestAsync());
    }

    private static AuditEntry Entry() => new(Actor.Signet, "alert_rule.changed", "alert_rule", "rule_1");

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteAlertRuleStoreTests() : AlertRuleStoreContract(StoreKinds.Sqlite);

public sealed class RedisAlertRuleStoreTests(RedisServer redis) : AlertRuleStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAlertRuleStoreTests(RedisCluster cluster) : AlertRuleStoreContract(cluster.Settings());
