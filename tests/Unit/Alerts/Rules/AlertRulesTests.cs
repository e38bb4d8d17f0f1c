using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Audit;
using Dashboard.Core.Events.Rollups;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using static Dashboard.Tests.Unit.Alerts.AlertBuilder;

namespace Dashboard.Tests.Unit.Alerts.Rules;

/// <summary>What people may do with rules, and what a rule says before it is made.</summary>
public sealed class AlertRulesTests : IAsyncLifetime
{
    private static readonly AlertRuleDraft Draft =
        new("Mine", "TOKEN_EXPIRED", AlertRuleBy.Client, 10, TimeSpan.FromMinutes(10), AlertSeverity.Warning, true);

    private readonly FakeRollups _rollups = new();
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AlertRules Rules => _core.Get<AlertRules>();

    public async ValueTask InitializeAsync() =>
        _core = await CoreHost.StartAsync(configure: services => services.AddSingleton<IRollupStore>(_rollups));

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task First_start_has_rules_that_can_be_changed_and_not_deleted()
    {
        var rule = (await Rules.ListAsync(Stop)).Single(rule => rule.Code == "INVALID_CREDENTIALS");
        Assert.Equal((true, true, 0), (rule.IsBuiltIn, rule.IsEnabled, rule.Version));
        Assert.Equal("20 refusals with INVALID_CREDENTIALS from one address in 5 minutes", rule.Describe());

        Assert.IsType<AlertRuleChange.BuiltIn>(await Rules.DeleteAsync(rule.Id, "why", Admin, Stop));
        var changed = Assert.IsType<AlertRuleChange.Changed>(await Rules.UpdateAsync(rule.Id, Draft, 0, "why", Admin, Stop)).Rule;
        Assert.Equal(("Mine", 1, true), (changed.Name, changed.Version, changed.IsBuiltIn));
        Assert.Equal(3, (await Rules.ListAsync(Stop)).Count);
        Assert.IsType<AlertRuleChange.Overtaken>(await Rules.UpdateAsync(rule.Id, Draft, 0, "why", Admin, Stop));
        Assert.IsType<AlertRuleChange.Unknown>(await Rules.UpdateAsync("rule_nobody", Draft, null, "why", Admin, Stop));
    }

    [Fact]
    public async Task Made_rule_is_audited_with_what_it_was_and_is()
    {
        var made = Assert.IsType<AlertRuleChange.Changed>(await Rules.CreateAsync(Draft, "we need it", Admin, Stop)).Rule;
        Assert.IsType<AlertRuleChange.Deleted>(await Rules.DeleteAsync(made.Id, "we do not", Admin, Stop));

        var entries = (await _core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: made.Id), null, 10, Stop)).Items;
        Assert.Equal(["alert_rule.deleted", "alert_rule.created"], entries.Select(record => record.Entry.Action));
        Assert.Equal(["we do not", "we need it"], entries.Select(record => record.Entry.Reason));
        Assert.Contains("\"threshold\":\"10\"", entries[1].Entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_that_can_never_fire_or_always_does_is_refused()
    {
        Assert.Equal(["name", "code", "threshold", "minutes"], FaultsOf(new AlertRuleDraft(
            "", "NO CODE", AlertRuleBy.None, 0, TimeSpan.FromSeconds(90), AlertSeverity.Warning, true)));
        Assert.Equal(["name", "by", "threshold", "minutes", "severity"], FaultsOf(new AlertRuleDraft(
            "a\nb", null, (AlertRuleBy)9, 1_000_001, TimeSpan.FromDays(2), (AlertSeverity)9, true)));
        Assert.IsType<AlertRuleChange.Invalid>(await Rules.CreateAsync(Draft with { Threshold = 0 }, "why", Admin, Stop));

        static string[] FaultsOf(AlertRuleDraft draft) => [.. AlertRules.FaultsOf(draft).Select(fault => fault.Field)];
    }

    [Theory]
    [InlineData(Roles.Reviewer)]
    [InlineData(Roles.Support)]
    public async Task Others_change_nothing(string role)
    {
        var who = new Actor("other", role);

        await Assert.ThrowsAsync<AccessRefusedException>(() => Rules.CreateAsync(Draft, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Rules.UpdateAsync("rule_1", Draft, null, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Rules.DeleteAsync("rule_1", "why", who, Stop));
    }

    [Fact]
    public async Task Preview_says_how_often_and_about_whom_a_rule_would_have_fired()
    {
        var now = _core.Clock.GetUtcNow();
        _rollups.Add(now.AddHours(-20), 12, "TOKEN_EXPIRED", "twice");
        _rollups.Add(now.AddHours(-3), 6, "TOKEN_EXPIRED", "twice");
        _rollups.Add(now.AddHours(-3).AddMinutes(5), 6, "TOKEN_EXPIRED", "twice");
        _rollups.Add(now.AddHours(-3).AddMinutes(12), 6, "TOKEN_EXPIRED", "twice");
        _rollups.Add(now.AddHours(-2), 9, "TOKEN_EXPIRED", "never");
        _rollups.Add(now.AddHours(-1), 9, "TOKEN_EXPIRED", "never");
        _rollups.Add(now.AddHours(-25), 50, "TOKEN_EXPIRED", "long ago");

        var trial = await _core.Get<RulePreview>().TryAsync(Draft, Stop);

        Assert.Equal((2, false), (trial.Openings, trial.IsLeast));
        Assert.Equal(new RuleTrialCase("twice", 2, 30), Assert.Single(trial.Cases));
        Assert.Equal(2, (await _core.Get<RulePreview>().TryAsync(Draft with { By = AlertRuleBy.None }, Stop)).Openings);
        Assert.Equal(0, (await _core.Get<RulePreview>().TryAsync(Draft with { Code = "OTHER" }, Stop)).Openings);
    }
}
