using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using static Dashboard.Tests.Unit.Alerts.AlertBuilder;

namespace Dashboard.Tests.Unit.Alerts.Rules;

/// <summary>Rules over counts that a test makes up, on the real store of alerts.</summary>
public sealed class RuleEvaluationTests : IAsyncLifetime
{
    private const string Expired = "rule_expired_by_client";

    private readonly FakeRollups _rollups = new();
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _core.Clock.GetUtcNow();

    private AlertRules Rules => _core.Get<AlertRules>();

    private AlertBook Book => _core.Get<AlertBook>();

    public async ValueTask InitializeAsync() =>
        _core = await CoreHost.StartAsync(configure: services => services.AddSingleton<IRollupStore>(_rollups));

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Threshold_of_one_client_opens_an_alert_about_it_alone()
    {
        _rollups.Add(Now, 49, "TOKEN_EXPIRED", "quiet");
        _rollups.Add(Now.AddMinutes(-9), 20, "TOKEN_EXPIRED", "loud & more");
        _rollups.Add(Now, 30, "TOKEN_EXPIRED", "loud & more");
        _rollups.Add(Now.AddMinutes(-11), 500, "TOKEN_EXPIRED", "quiet");
        _rollups.Add(Now, 500, "INVALID_SIGNATURE", "quiet");

        await CheckAsync();

        var alert = Assert.Single(await OpenAsync());
        Assert.Equal((AlertKinds.OfRule(Expired), "loud & more", 1), (alert.Kind, alert.Key, alert.Count));
        Assert.Equal(
            "50 refusals with TOKEN_EXPIRED of the client loud & more within 10 minutes; the rule asks for 50.", alert.Detail);
        Assert.StartsWith("/failures?code=TOKEN_EXPIRED&client=loud%20%26%20more&from=2030-01-01T10%3A00%3A00Z&to=2030-01-01T13%3A00%3A00Z", alert.Href, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stays_above_counts_once_for_each_window_and_is_over_after_a_window_below()
    {
        for (var minute = 0; minute < 20; minute++)
        {
            _rollups.Add(Now.AddMinutes(minute), 60, "TOKEN_EXPIRED");
        }

        for (var step = 0; step < 80; step++)
        {
            await CheckAsync();
            _core.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(2, Assert.Single(await OpenAsync()).Count);
        await StepAsync(TimeSpan.FromMinutes(9));
        Assert.Single(await OpenAsync());
        await StepAsync(TimeSpan.FromMinutes(11));
        await StepAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await OpenAsync());

        _rollups.Add(Now, 60, "TOKEN_EXPIRED");
        await CheckAsync();
        Assert.Equal((1, 2), (Assert.Single(await OpenAsync()).Count, (await Book.ListAsync(new AlertFilter(), null, 10, Stop)).Total));
    }

    [Fact]
    public async Task Rule_that_is_disabled_or_gone_ends_its_alerts()
    {
        var made = Assert.IsType<AlertRuleChange.Changed>(await Rules.CreateAsync(
            new AlertRuleDraft("All", null, AlertRuleBy.None, 10, TimeSpan.FromMinutes(5), AlertSeverity.Critical, true), "why", Admin, Stop)).Rule;
        _rollups.Add(Now, 60, "TOKEN_EXPIRED");
        await CheckAsync();
        Assert.Equal(["app", "total"], (await OpenAsync()).Select(alert => alert.Key).Order(StringComparer.Ordinal));

        await Rules.DeleteAsync(made.Id, "why", Admin, Stop);
        var expired = (await Rules.FindAsync(Expired, Stop))!;
        var off = new AlertRuleDraft(expired.Name, expired.Code, expired.By, expired.Threshold, expired.Window, expired.Severity, false);
        await Rules.UpdateAsync(Expired, off, 0, "why", Admin, Stop);
        await CheckAsync();

        Assert.Empty(await OpenAsync());
    }

    [Theory]
    [InlineData(AlertRuleBy.Address, "10.0.0.1", "address=10.0.0.1")]
    [InlineData(AlertRuleBy.Subject, "alice", "subject=alice")]
    public async Task Every_dimension_has_alerts_of_its_own(AlertRuleBy by, string key, string filter)
    {
        await Rules.CreateAsync(
            new AlertRuleDraft("Mine", "SESSION_EXPIRED", by, 5, TimeSpan.FromMinutes(120), AlertSeverity.Warning, true), "why", Admin, Stop);
        _rollups.Add(Now.AddMinutes(-100), 5, "SESSION_EXPIRED");

        await CheckAsync();

        var alert = Assert.Single(await OpenAsync());
        Assert.Equal(key, alert.Key);
        Assert.Contains(filter, alert.Href, StringComparison.Ordinal);
        Assert.Contains("within 2 hours", alert.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_that_is_read_in_hours_counts_its_own_minutes_alone()
    {
        _core.Clock.Advance(TimeSpan.FromMinutes(30));
        await Rules.CreateAsync(
            new AlertRuleDraft("Mine", "SESSION_EXPIRED", AlertRuleBy.Client, 10, TimeSpan.FromHours(3), AlertSeverity.Warning, true), "why", Admin, Stop);
        _rollups.ReadsHours = true;
        _rollups.Add(Now.AddMinutes(-200), 6, "SESSION_EXPIRED");
        _rollups.Add(Now.AddMinutes(-10), 9, "SESSION_EXPIRED");
        await CheckAsync();
        Assert.Empty(await OpenAsync());

        _rollups.Add(Now, 1, "SESSION_EXPIRED");
        await CheckAsync();
        Assert.StartsWith("10 refusals", Assert.Single(await OpenAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_is_away_keeps_other_checks_from_nothing()
    {
        _rollups.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(CheckAsync);

        _rollups.IsAway = false;
        _rollups.Add(Now, 60, "TOKEN_EXPIRED");
        await CheckAsync();
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Leader_looks_every_few_seconds()
    {
        await using var core = await CoreHost.StartAsync(hosted: true, configure: services => services.AddSingleton<IRollupStore>(_rollups));
        _rollups.Add(core.Clock.GetUtcNow(), 60, "TOKEN_EXPIRED");

        await Eventually.TrueAsync(async () =>
        {
            core.Clock.Advance(AlertChecks.Tick);
            return await core.Get<AlertBook>().CountOpenAsync(Stop) == 1;
        });
    }

    private async Task StepAsync(TimeSpan by)
    {
        _core.Clock.Advance(by);
        await CheckAsync();
    }

    private Task CheckAsync() => _core.Services.GetServices<IAlertCheck>().OfType<RuleEvaluation>().Single().CheckAsync(Stop);

    private Task<IReadOnlyList<Alert>> OpenAsync() => Book.ReadUnresolvedAsync(Stop);
}
