using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Tests.Unit.Arcp;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Agents;

/// <summary>Agents and agent keys in the management API.</summary>
public sealed class AgentKeyApiTests(SharedSignet<AgentKeyApiTests> shared)
    : ArcpTest(shared), IClassFixture<SharedSignet<AgentKeyApiTests>>, ISharesSignet
{
    private const string Path = "/dashboard/agent-keys";

    [Fact]
    public async Task Key_is_made_rotated_disabled_and_deleted_and_shown_twice_only()
    {
        var (admin, id) = (await AdminAsync(), NewId());
        var made = await CallAsync(HttpMethod.Post, Path, admin, new { label = "Robots", lifetime = 86_400, agent_types = new[] { "Testing" }, reason = "a team" });
        var (keyId, key) = (made.Text("id"), made.Text("agent_key"));
        Assert.Equal((201, "enabled", "Robots", "testing"), (made.Status, made.Text("state"), made.Text("label"), made.Body.GetProperty("agent_types")[0].GetString()));
        Assert.StartsWith("sgt_ak_", key, StringComparison.Ordinal);

        var rotated = await CallAsync(HttpMethod.Post, $"{Path}/{keyId}/rotation", admin, new { reason = "yearly" });
        Assert.InRange(rotated.Body.GetProperty("previous_works_until").GetDateTimeOffset() - rotated.Body.GetProperty("created_at").GetDateTimeOffset(), TimeSpan.FromDays(7), TimeSpan.FromDays(7.1));
        await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(id, key), Registration(id));
        var listed = await ListedAsync(admin, keyId);
        Assert.Equal(id, listed.GetProperty("agent_id").GetString());
        Assert.False(listed.TryGetProperty("agent_key", out _));

        var trial = await CallAsync(HttpMethod.Delete, $"{Path}/{keyId}?dry_run=true", admin);
        Assert.Equal((false, id), (trial.Body.GetProperty("can_be_deleted").GetBoolean(), trial.Text("agent_id")));
        Assert.Equal(409, (await CallAsync(HttpMethod.Delete, $"{Path}/{keyId}?reason=done+with", admin)).Status);
        Assert.Equal("disabled", (await CallAsync(HttpMethod.Patch, $"{Path}/{keyId}", admin, new { enabled = false, reason = "lost" })).Text("state"));
        Assert.Equal(422, (await CallAsync(HttpMethod.Delete, $"/dashboard/agents/{id}", admin)).Status);
        Assert.Equal(200, (await CallAsync(HttpMethod.Delete, $"/dashboard/agents/{id}", admin, new { reason = "retired" })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Delete, $"/dashboard/agents/{id}?reason=retired", admin)).Status);
        Assert.Equal(204, (await CallAsync(HttpMethod.Delete, $"{Path}/{keyId}", admin, new { reason = "retired" })).Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Post, $"{Path}/{keyId}/rotation", admin, new { reason = "yearly" })).Status);
    }

    [Fact]
    public async Task Repeated_creation_makes_one()
    {
        var admin = await AdminAsync();
        var body = new { label = "Once " + NewId(), reason = "a team" };
        var first = await CallAsync(HttpMethod.Post, Path, admin, body, ("Idempotency-Key", "key-1"));
        var second = await CallAsync(HttpMethod.Post, Path, admin, body, ("Idempotency-Key", "key-1"));

        Assert.Equal((201, 409, first.Text("id")), (first.Status, second.Status, second.Text("id")));
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, Path, admin, new { label = "x", agent_types = new[] { "processing" } })).Status);
    }

    [Fact]
    public async Task Agents_are_listed_page_by_page()
    {
        var (admin, ids) = (await AdminAsync(), new[] { NewId(), NewId(), NewId() });
        foreach (var id in ids)
        {
            await RegisterAsync(id);
        }

        List<string?> found = [];
        string? cursor = null;
        do
        {
            var page = await CallAsync(HttpMethod.Get, $"/dashboard/agents?limit=1&status=alive&q=agent-{(cursor is null ? "" : "&cursor=" + cursor)}", admin);
            Assert.Equal(200, page.Status);
            found.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("agent_id").GetString()));
            cursor = page.Body.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(ids.Reverse(), found.Where(ids.Contains));
        Assert.Equal(422, (await CallAsync(HttpMethod.Get, "/dashboard/agents?status=asleep", admin)).Status);
    }

    [Theory]
    [InlineData(Roles.Reviewer, 200)]
    [InlineData(Roles.Support, 403)]
    public async Task Reviewers_see_agents_and_nobody_else_changes_them(string role, int seen)
    {
        var bearer = await Signet.LogInAsync(await Signet.AddOperatorAsync("o" + Guid.CreateVersion7().ToString("N"), role));

        Assert.Equal(seen, (await CallAsync(HttpMethod.Get, Path, bearer)).Status);
        Assert.Equal(seen, (await CallAsync(HttpMethod.Get, "/dashboard/agents", bearer)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Post, Path, bearer, new { label = "x" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Patch, $"{Path}/ak_1", bearer, new { enabled = false, reason = "why" })).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Delete, $"{Path}/ak_1?reason=why", bearer)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Delete, "/dashboard/agents/agent-1?reason=why", bearer)).Status);
    }

    private async Task<JsonElement> ListedAsync(string bearer, string keyId) =>
        (await CallAsync(HttpMethod.Get, Path, bearer)).Body.GetProperty("items").EnumerateArray().Single(key => key.GetProperty("id").GetString() == keyId);
}
