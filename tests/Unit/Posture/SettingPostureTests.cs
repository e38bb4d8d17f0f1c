using System.Security.Cryptography;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Posture;
using Dashboard.Hosting;
using Dashboard.Settings;
using Dashboard.Tests.Unit.Backups;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Rules about settings and the audit log, and how often it is looked.</summary>
public sealed class SettingPostureTests : PostureTest
{
    [Theory]
    [InlineData("https://signet.example.com", false)]
    [InlineData("http://localhost:8001", false)]
    [InlineData("http://signet.example.com", true)]
    public async Task Issuer_over_http_is_found_where_others_reach_it(string issuer, bool isFound) =>
        Assert.Equal(isFound, await FindWithAsync("ISSUER_NOT_HTTPS", ("Signet:Issuer", issuer)) is not null);

    [Fact]
    public async Task Audience_that_every_Signet_has_is_found()
    {
        Assert.NotNull(await FindAsync("AUDIENCE_DEFAULT"));
        Assert.Null(await FindWithAsync("AUDIENCE_DEFAULT", ("Signet:Audience", "https://api.example.com")));
    }

    [Fact]
    public async Task Master_key_beside_the_file_is_found_and_one_elsewhere_is_not()
    {
        var key = ("SIGNET_MASTER_KEY", (string?)Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var file = ("Storage:Kind", (string?)"sqlite");

        Assert.EndsWith("master.key", (await FindWithAsync("MASTER_KEY_BESIDE_DATA", file))!.Objects[0].Detail, StringComparison.Ordinal);
        Assert.Null(await FindWithAsync("MASTER_KEY_BESIDE_DATA", file, key));
    }

    [Fact]
    public async Task Webhooks_that_may_reach_everything_are_found()
    {
        Assert.NotNull(await FindWithAsync("WEBHOOK_ADDRESS_PRIVATE", ("Webhooks:AllowPrivateAddresses", "true")));
        Assert.Null(await FindWithAsync("WEBHOOK_ADDRESS_PRIVATE", ("Webhooks:AllowedHosts", "hooks.internal")));
    }

    [Fact]
    public async Task Log_without_a_recent_checkpoint_is_found()
    {
        Assert.Equal("never taken", (await FindAsync("AUDIT_CHECKPOINT_MISSING"))!.Objects[0].Detail);

        await Core.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        Assert.Null(await FindAsync("AUDIT_CHECKPOINT_MISSING"));

        Core.Clock.Advance(TimeSpan.FromDays(31));
        Assert.NotNull(await FindAsync("AUDIT_CHECKPOINT_MISSING"));
    }

    [Fact]
    public async Task Store_without_a_recent_backup_is_found_unless_backups_are_made_otherwise()
    {
        Assert.Null(await FindAsync("BACKUP_OLD"));

        Core.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("never made", (await FindAsync("BACKUP_OLD"))!.Objects[0].Detail);
        Assert.Null(await FindWithAsync("BACKUP_OLD", ("Backups:RemindAfter", "00:00:00")));

        await Core.BackUpAsync();
        Assert.Null(await FindAsync("BACKUP_OLD"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plain_http_for_others_is_found(bool isAllowed)
    {
        var check = new PlainHttpCheck(Options.Create(new HostingOptions { AllowHttp = isAllowed }));

        var found = await check.FindAsync(null!, Stop);

        Assert.Equal(isAllowed ? ["Hosting:AllowHttp"] : [], found.Objects.Select(item => item.Id));
    }

    [Fact]
    public async Task Report_is_kept_for_a_minute_and_made_anew_after_a_change_or_when_it_is_wanted()
    {
        var posture = Core.Get<PostureReader>();
        var first = await posture.ReadAsync(isAnew: false, Stop);

        Core.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(first, await posture.ReadAsync(isAnew: false, Stop));

        await Core.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        var second = await posture.ReadAsync(isAnew: false, Stop);
        Assert.NotSame(first, second);

        await Core.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        Assert.Same(second, await posture.ReadAsync(isAnew: false, Stop));
        Assert.NotSame(second, await posture.ReadAsync(isAnew: true, Stop));
        Core.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotSame(second, await posture.ReadAsync(isAnew: false, Stop));
    }

    [Fact]
    public async Task Many_at_once_share_one_look()
    {
        var posture = Core.Get<PostureReader>();

        var reports = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => posture.ReadAsync(isAnew: false, Stop))));

        Assert.Single(reports.Distinct());
    }

    [Fact]
    public async Task Findings_that_matter_most_stand_first()
    {
        var report = await Core.Get<PostureReader>().ReadAsync(isAnew: true, Stop);

        Assert.Equal(report.Findings.OrderByDescending(finding => finding.Rule.Severity), report.Findings);
        var rules = report.Kept.Concat(report.Findings.Select(finding => finding.Rule)).ToList();
        Assert.Equal(rules.Count, rules.Select(rule => rule.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rules, rule => Assert.All([rule.Good, rule.Bad, rule.Why, rule.Cure], text => Assert.EndsWith(".", text, StringComparison.Ordinal)));
    }
}
