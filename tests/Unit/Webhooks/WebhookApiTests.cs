using Dashboard.Core.Access;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Arcp;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>Webhooks in the management API.</summary>
public sealed class WebhookApiTests(SharedSignet<WebhookApiTests> shared)
    : ArcpTest(shared), IClassFixture<SharedSignet<WebhookApiTests>>, ISharesSignet
{
    private const string Path = "/dashboard/webhooks";

    // Nobody is called: the address is refused before a connection is made.
    private const string Url = "https://localhost/hook?key=secret";

    [Fact]
    public async Task Webhook_is_made_changed_rotated_and_deleted_and_its_secret_shown_twice_only()
    {
        var admin = await AdminAsync();
        var made = await CallAsync(
            HttpMethod.Post,
            Path,
            admin,
            new { name = "Chat", url = Url, minimum_severity = "warning", kinds = new[] { "refresh_replay" }, reason = "on call" });
        var id = made.Text("id");
        Assert.Equal((201, "Chat", Url, "warning"), (made.Status, made.Text("name"), made.Text("url"), made.Text("minimum_severity")));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Text("secret"));
        Assert.StartsWith("wh_", id, StringComparison.Ordinal);

        var changed = await CallAsync(
            HttpMethod.Put, $"{Path}/{id}", admin, new { name = "Pager", url = Url, enabled = false, version = 0, reason = "quiet" });
        Assert.Equal((200, "Pager", false), (changed.Status, changed.Text("name"), changed.Body.GetProperty("enabled").GetBoolean()));
        Assert.False(changed.Body.TryGetProperty("secret", out _));
        var late = new { name = "Old", url = Url, version = 0, reason = "late" };
        Assert.Equal(409, (await CallAsync(HttpMethod.Put, $"{Path}/{id}", admin, late)).Status);

        var rotated = await CallAsync(HttpMethod.Post, $"{Path}/{id}/secret", admin, new { reason = "yearly" });
        Assert.Equal(200, rotated.Status);
        Assert.NotEqual(made.Text("secret"), rotated.Text("secret"));
        Assert.True(rotated.Body.TryGetProperty("previous_secret_signs_until", out _));
        Assert.False((await CallAsync(HttpMethod.Get, $"{Path}/{id}", admin)).Body.TryGetProperty("secret", out _));

        Assert.Equal(422, (await CallAsync(HttpMethod.Delete, $"{Path}/{id}", admin)).Status);
        Assert.Equal(204, (await CallAsync(HttpMethod.Delete, $"{Path}/{id}?reason=done+with", admin)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Delete, $"{Path}/{id}", admin, new { reason = "done with" })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, $"{Path}/{id}", admin)).Status);
    }

    [Fact]
    public async Task Test_says_what_came_of_it_and_stands_in_the_log()
    {
        var admin = await AdminAsync();
        var id = (await CreateAsync(admin)).Text("id");

        var tested = await CallAsync(HttpMethod.Post, $"{Path}/{id}/test", admin);
        var listed = await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries?limit=5", admin);

        Assert.Equal((200, "given_up", "signet.test"), (tested.Status, tested.Text("state"), tested.Text("type")));
        Assert.Contains("public address", tested.Body.GetProperty("attempts")[0].GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(tested.Text("id"), listed.Body.GetProperty("items")[0].GetProperty("id").GetString());
        var again = await CallAsync(HttpMethod.Post, $"{Path}/{id}/deliveries/{tested.Text("id")}/retry", admin, new { reason = "once more" });
        Assert.Equal((202, "waiting"), (again.Status, again.Text("state")));
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, $"{Path}/{id}/deliveries/whd_none/retry", admin)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, $"{Path}/wh_none/test", admin)).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, $"{Path}/wh_none/deliveries", admin)).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries?limit=0", admin)).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries?cursor=next", admin)).Status);
    }

    [Fact]
    public async Task Deliveries_are_listed_page_by_page()
    {
        var admin = await AdminAsync();
        var id = (await CreateAsync(admin)).Text("id");
        for (var number = 0; number < 3; number++)
        {
            await Signet.Services.GetRequiredService<WebhookOutbox>().EnqueueAsync(WebhookBuilder.Message($"page_{number}"), Stop);
        }

        var first = await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries?limit=2", admin);
        var second = await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries?limit=2&cursor={first.Text("next_cursor")}", admin);

        Assert.Equal((2, 1), (first.Body.GetProperty("items").GetArrayLength(), second.Body.GetProperty("items").GetArrayLength()));
        Assert.False(second.Body.TryGetProperty("next_cursor", out _));
    }

    [Fact]
    public async Task Wrong_bodies_are_told_every_field()
    {
        var admin = await AdminAsync();

        Assert.Equal(422, (await CallAsync(HttpMethod.Post, Path, admin, new { name = "x", url = "http://example.com/" })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, Path, admin, new { name = "x", url = Url, minimum_severity = "loud" })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, Path, admin, new { url = Url })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, Path, admin, new { name = "x", url = Url, may_be_private = true })).Status);
    }

    [Fact]
    public async Task Repeated_creation_makes_one()
    {
        var admin = await AdminAsync();
        var body = new { name = "Once", url = Url };
        var first = await CallAsync(HttpMethod.Post, Path, admin, body, ("Idempotency-Key", "webhook-1"));
        var second = await CallAsync(HttpMethod.Post, Path, admin, body, ("Idempotency-Key", "webhook-1"));

        Assert.Equal((201, 409, first.Text("id")), (first.Status, second.Status, second.Text("id")));
    }

    [Fact]
    public async Task Reviewer_sees_the_address_as_far_as_its_host_and_changes_nothing_and_support_sees_nothing()
    {
        var id = (await CreateAsync(await AdminAsync())).Text("id");
        var (reviewer, support) = (await LogInAsync(Roles.Reviewer), await LogInAsync(Roles.Support));

        Assert.Equal("https://localhost/…", (await CallAsync(HttpMethod.Get, $"{Path}/{id}", reviewer)).Text("url"));
        Assert.Equal(200, (await CallAsync(HttpMethod.Get, $"{Path}/{id}/deliveries", reviewer)).Status);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, Path), (HttpMethod.Put, $"{Path}/{id}"), (HttpMethod.Delete, $"{Path}/{id}?reason=why"),
            (HttpMethod.Post, $"{Path}/{id}/secret"), (HttpMethod.Post, $"{Path}/{id}/test"), (HttpMethod.Post, $"{Path}/{id}/deliveries/whd_1/retry"),
        })
        {
            Assert.Equal(403, (await CallAsync(method, path, reviewer, new { name = "x", url = Url, reason = "why not" })).Status);
        }

        Assert.Equal(403, (await CallAsync(HttpMethod.Get, Path, support)).Status);
    }

    private Task<Answer> CreateAsync(string admin) => CallAsync(HttpMethod.Post, Path, admin, new { name = "Chat", url = Url });

    private async Task<string> LogInAsync(string role) =>
        await Signet.LogInAsync(await Signet.AddOperatorAsync("o" + Guid.CreateVersion7().ToString("N"), role));
}
