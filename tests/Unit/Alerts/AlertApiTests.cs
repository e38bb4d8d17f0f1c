using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Tests.Unit.Arcp;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts;

/// <summary>Alerts, mutes and rules in the management API.</summary>
public sealed class AlertApiTests(SharedSignet<AlertApiTests> shared)
    : ArcpTest(shared), IClassFixture<SharedSignet<AlertApiTests>>, ISharesSignet
{
    private const string Alerts = "/dashboard/alerts";
    private const string Rules = "/dashboard/alert-rules";

    [Fact]
    public async Task Alert_is_listed_found_and_acknowledged_once()
    {
        var (admin, raised) = (await AdminAsync(), await RaiseAsync(NewId()));

        var found = await CallAsync(HttpMethod.Get, $"{Alerts}/{raised.Id}", admin);
        Assert.Equal((200, "refresh.replay", "warning", "open"), (found.Status, found.Text("kind"), found.Text("severity"), found.Text("state")));
        var done = await CallAsync(HttpMethod.Post, $"{Alerts}/{raised.Id}/acknowledgement", admin, new { reason = "on it" });
        Assert.Equal((200, "acknowledged", "on it"), (done.Status, done.Text("state"), done.Text("acknowledged_why")));
        Assert.Equal("on it", (await CallAsync(HttpMethod.Post, $"{Alerts}/{raised.Id}/acknowledgement", admin, new { reason = "me too" })).Text("acknowledged_why"));

        var listed = await CallAsync(HttpMethod.Get, $"{Alerts}?state=acknowledged&kind=refresh.replay&limit=200", admin);
        Assert.Contains(listed.Body.GetProperty("items").EnumerateArray(), alert => alert.GetProperty("id").GetString() == raised.Id);
        await Signet.Services.GetRequiredService<AlertBook>().ResolveAsync(raised.Kind, raised.Key, null, Stop);
        Assert.Equal(409, (await CallAsync(HttpMethod.Post, $"{Alerts}/{raised.Id}/acknowledgement", admin, new { reason = "late" })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, $"{Alerts}/alert_nobody", admin)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, $"{Alerts}/alert_nobody/acknowledgement", admin, new { reason = "why" })).Status);
    }

    [Theory]
    [InlineData("?state=loud")]
    [InlineData("?kind=weather")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=next")]
    public async Task Filter_that_makes_no_sense_is_refused(string query) =>
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, Alerts + query, await AdminAsync())).Status);

    [Fact]
    public async Task Alerts_are_muted_and_told_of_again()
    {
        var (admin, key) = (await AdminAsync(), NewId());
        var raised = await RaiseAsync(key);
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);

        var muted = await CallAsync(HttpMethod.Post, $"{Alerts}/mutes", admin, new { kind = raised.Kind, key, until, reason = "known" });
        Assert.Equal((200, key, "known"), (muted.Status, muted.Text("key"), muted.Text("reason")));
        Assert.True((await CallAsync(HttpMethod.Get, $"{Alerts}/{raised.Id}", admin)).Body.GetProperty("muted").GetBoolean());
        Assert.Contains(
            (await CallAsync(HttpMethod.Get, $"{Alerts}/mutes", admin)).Body.GetProperty("items").EnumerateArray(),
            mute => mute.GetProperty("key").GetString() == key);
        Assert.Equal(422, (await CallAsync(HttpMethod.Delete, $"{Alerts}/mutes?kind={raised.Kind}&key={key}", admin)).Status);
        Assert.Equal(204, (await CallAsync(HttpMethod.Delete, $"{Alerts}/mutes?kind={raised.Kind}&key={key}&reason=done", admin)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Delete, $"{Alerts}/mutes", admin, new { kind = raised.Kind, key, reason = "done" })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, $"{Alerts}/mutes", admin, new { kind = "weather", until, reason = "known" })).Status);
    }

    [Fact]
    public async Task Rule_is_made_once_tried_changed_and_deleted()
    {
        var admin = await AdminAsync();
        var body = new { name = "Mine " + NewId(), code = "TOKEN_EXPIRED", by = "client", threshold = 20, minutes = 10, severity = "critical", reason = "we need it" };
        var made = await CallAsync(HttpMethod.Post, Rules, admin, body, ("Idempotency-Key", "rule-1"));
        Assert.Equal((201, "client", "critical"), (made.Status, made.Text("by"), made.Text("severity")));
        Assert.Equal(409, (await CallAsync(HttpMethod.Post, Rules, admin, body, ("Idempotency-Key", "rule-1"))).Status);

        var path = $"{Rules}/{made.Text("id")}";
        var changed = await CallAsync(HttpMethod.Put, path, admin, new { name = "Any", threshold = 5, minutes = 60, enabled = false, version = 1, reason = "more" });
        Assert.Equal((200, "none", false), (changed.Status, changed.Text("by"), changed.Body.GetProperty("enabled").GetBoolean()));
        Assert.False(changed.Body.TryGetProperty("code", out _));
        Assert.Equal(409, (await CallAsync(HttpMethod.Put, path, admin, new { name = "Any", threshold = 5, minutes = 60, version = 1, reason = "more" })).Status);
        Assert.Equal(0, (await CallAsync(HttpMethod.Post, $"{Rules}/preview", admin, new { threshold = 1_000_000, minutes = 5 })).Body.GetProperty("openings").GetInt32());
        Assert.Equal(422, (await CallAsync(HttpMethod.Put, path, admin, new { name = "Any", threshold = 0, minutes = 60, reason = "more" })).Status);
        Assert.Equal("Any", (await CallAsync(HttpMethod.Get, path, admin)).Text("name"));
        Assert.Equal(422, (await CallAsync(HttpMethod.Delete, path, admin)).Status);
        Assert.Equal(204, (await CallAsync(HttpMethod.Delete, path, admin, new { reason = "done" })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, path, admin)).Status);
        Assert.Equal(409, (await CallAsync(HttpMethod.Delete, $"{Rules}/rule_logins_by_address?reason=done", admin)).Status);
    }

    [Theory]
    [InlineData(Roles.Reviewer)]
    [InlineData(Roles.Support)]
    public async Task Others_see_and_do_not_change(string role)
    {
        var bearer = await Signet.LogInAsync(await Signet.AddOperatorAsync("o" + Guid.CreateVersion7().ToString("N"), role));

        foreach (var path in new[] { Alerts, $"{Alerts}/mutes", Rules, $"{Rules}/rule_logins_by_address" })
        {
            Assert.Equal(200, (await CallAsync(HttpMethod.Get, path, bearer)).Status);
        }

        Assert.Equal(403, (await CallAsync(HttpMethod.Post, $"{Alerts}/alert_1/acknowledgement", bearer, new { reason = "why" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Post, $"{Alerts}/mutes", bearer, new { kind = "expiring", reason = "why" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Delete, $"{Alerts}/mutes?kind=expiring&reason=why", bearer)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Post, Rules, bearer, new { name = "x" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Put, $"{Rules}/rule_1", bearer, new { name = "x" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Delete, $"{Rules}/rule_1?reason=why", bearer)).Status);
    }

    private async Task<Alert> RaiseAsync(string key) =>
        (await Signet.Services.GetRequiredService<AlertBook>().RaiseAsync(AlertBuilder.Draft(key), Stop)).Alert;
}
