using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Arcp;

/// <summary>Every call of an agent, and every refusal that ARCP documents for it.</summary>
public sealed class AgentCallTests(SharedSignet<AgentCallTests> shared)
    : ArcpTest(shared), IClassFixture<SharedSignet<AgentCallTests>>, ISharesSignet
{
    // The failures of one test must not slow another down.
    public static string[] Settings => ["--Throttling:AddressFailures=100000", "--Throttling:Budgets:Agents=0"];

    [Fact]
    public async Task Python_client_goes_from_login_to_unregistration()
    {
        var (id, key, admin) = (NewId(), await NewKeyAsync(), await AdminAsync());
        Assert.True((await CallAsync(HttpMethod.Post, "/auth/validate", null, new { token = admin })).Body.GetProperty("valid").GetBoolean());
        Assert.True((await CallAsync(HttpMethod.Get, "/tokens/validate", admin)).Body.GetProperty("valid").GetBoolean());
        Assert.True((await CallAsync(HttpMethod.Post, "/tokens/validate", null, new { token = admin })).Body.GetProperty("valid").GetBoolean());

        var asked = await CallAsync(HttpMethod.Post, "/auth/agent/request_temp_token", null, Asking(id, key));
        Assert.Equal((200, "bearer", 900), (asked.Status, asked.Text("token_type"), asked.Body.GetProperty("expires_in").GetInt32()));
        Assert.NotEmpty(asked.Text("message"));
        var temp = asked.Text("temp_token");
        AssertProblem(
            await CallAsync(HttpMethod.Post, "/auth/agent/validate_compliance", temp, Registration(id)),
            400, "tpr-disabled", "Three-Phase Registration Disabled", "TPR_DISABLED", "Three-phase registration is not enabled");

        var registered = await CallAsync(HttpMethod.Post, "/agents/register", temp, Registration(id));
        Assert.Equal(
            (200, "success", "Agent 'Test agent' registered successfully", id),
            (registered.Status, registered.Text("status"), registered.Text("message"), registered.Text("agent_id")));
        var token = registered.Text("access_token");
        var validated = await CallAsync(HttpMethod.Get, "/tokens/validate", token);
        Assert.Equal((200, id), (validated.Status, validated.Text("agent_id")));

        foreach (var reader in new[] { token, admin })
        {
            var listed = (await CallAsync(HttpMethod.Get, "/agents", reader)).Body.EnumerateArray().Single(agent => agent.GetProperty("agent_id").GetString() == id);
            Assert.Equal(("alive", "testing"), (listed.GetProperty("status").GetString(), listed.GetProperty("agent_type").GetString()));
        }

        var before = (await CallAsync(HttpMethod.Get, $"/agents/{id}", token)).Body.GetProperty("last_seen").GetDateTimeOffset();
        var beat = await CallAsync(HttpMethod.Post, $"/agents/{id}/heartbeat", token);
        Assert.Equal((200, "success", id, JsonValueKind.Null), (beat.Status, beat.Text("status"), beat.Text("agent_id"), beat.Body.GetProperty("metrics").ValueKind));
        Assert.True((await CallAsync(HttpMethod.Get, $"/agents/{id}", token)).Body.GetProperty("last_seen").GetDateTimeOffset() >= before);

        var renewed = await CallAsync(HttpMethod.Post, "/tokens/refresh", token);
        Assert.Equal((200, "bearer"), (renewed.Status, renewed.Text("token_type")));
        Assert.Equal(2, renewed.Body.EnumerateObject().Count());

        var left = await CallAsync(HttpMethod.Delete, $"/agents/{id}", renewed.Text("access_token"));
        Assert.Equal(
            (200, "success", $"Agent {id} unregistered successfully", "agent (self)"),
            (left.Status, left.Text("status"), left.Text("message"), left.Text("unregistered_by")));
        Assert.Equal(401, (await CallAsync(HttpMethod.Get, "/agents", token)).Status);
        AssertProblem(
            await CallAsync(HttpMethod.Get, $"/agents/{id}", admin),
            404, "agent-not-found", "Agent Not Found", "AGENT_NOT_FOUND", $"Agent {id} not found", "agent_id");
    }

    [Theory]
    [InlineData("/auth/agent/request_temp_token")]
    [InlineData("/auth/temp-token")]
    public async Task Request_for_a_temp_token_is_refused_as_documented(string path)
    {
        var id = NewId();
        var problem = await CallAsync(HttpMethod.Post, path, null, new { agent_id = id, agent_type = "testing" });
        AssertProblem(
            problem, 400, "invalid-input", "Invalid Input Data", "INVALID_INPUT",
            "Invalid agent credentials: agent_id, agent_type, and agent_key are required for temporary token request", "field");
        AssertProblem(
            await CallAsync(HttpMethod.Post, path, null, Asking(id, "agent-key")), 400, "invalid-input", "Invalid Input Data", "INVALID_INPUT",
            "Invalid agent_key: agent_key too short (minimum 10 characters required)", "field");
        AssertProblem(
            await CallAsync(HttpMethod.Post, path, null, Asking(id, "sgt_ak_wrong-key")), 401, "authentication-failed", "Authentication Failed",
            "INVALID_AGENT_KEY", $"Invalid agent key for agent '{id}'");
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, path, null, Asking("a b", "sgt_ak_wrong-key"))).Status);
        Assert.Equal(
            422,
            (await CallAsync(HttpMethod.Post, path, null, new { agent_id = id, agent_type = "processing", agent_key = await NewKeyAsync() })).Status);
        Assert.Equal(200, (await CallAsync(HttpMethod.Post, path, null, Asking(id, await NewKeyAsync()))).Status);

        await Eventually.TrueAsync(async () => (await Signet.Services.GetRequiredService<EventLog>()
            .ListAsync(new EventFilter(Agent: id, Kind: EventKinds.AgentKeyRefused), null, 5, Stop)).Items is [{ Code: "INVALID_AGENT_KEY" }]);
    }

    [Fact]
    public async Task Agents_do_not_log_in_as_people() => AssertProblem(
        await CallAsync(HttpMethod.Post, "/auth/login", null, new { agent_id = "agent-1", agent_type = "testing" }),
        401, "authentication-failed", "Authentication Failed", "AGENT_LOGIN_BLOCKED", "Agents do not log in here. Register the agent to get its token.");

    [Fact]
    public async Task Agent_that_lives_is_not_registered_again()
    {
        var (id, key) = (NewId(), await NewKeyAsync());
        Assert.Equal(200, (await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(id, key), Registration(id))).Status);

        var problem = await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(id, key), Registration(id));

        AssertProblem(
            problem, 409, "duplicate-agent", "Duplicate Agent", "DUPLICATE_AGENT", $"Agent {id} is already registered and alive.",
            "agent_id", "existing_agent_endpoint", "registration_timestamp");
        Assert.Equal("https://agent.example.com:9000", problem.Text("existing_agent_endpoint"));
    }

    [Fact]
    public async Task Key_registers_one_agent()
    {
        var (first, second, key) = (NewId(), NewId(), await NewKeyAsync());
        await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(first, key), Registration(first));

        AssertProblem(
            await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(second, key), Registration(second)),
            400, "agent-registration-failed", "Agent Registration Failed", "AGENT_REGISTRATION_FAILED",
            $"Agent key is already in use by agent '{first}'. Each agent key can only register one agent.", "agent_id");
    }

    [Fact]
    public async Task Nobody_acts_for_another_agent()
    {
        var (own, other) = (NewId(), NewId());
        var (token, temp) = (await RegisterAsync(own), await TempAsync(NewId(), await NewKeyAsync()));
        await RegisterAsync(other);

        AssertForeign(await CallAsync(HttpMethod.Post, "/agents/register", temp, Registration(other)), "Agents can only register themselves", "request_agent_id");
        AssertForeign(await CallAsync(HttpMethod.Post, "/agents/register", token, Registration(other)), "Agents can only register themselves", "request_agent_id");
        AssertForeign(await CallAsync(HttpMethod.Post, $"/agents/{other}/heartbeat", token), "Agents can only update their own heartbeat");
        AssertForeign(await CallAsync(HttpMethod.Delete, $"/agents/{other}", token), "Agents can only unregister themselves");

        void AssertForeign(Answer answer, string detail, params string[] more)
        {
            AssertProblem(
                answer, 403, "insufficient-permissions", "Insufficient Permissions", "INSUFFICIENT_ROLE", detail, ["agent_id", "target_agent_id", .. more]);
            Assert.Equal(other, answer.Text("target_agent_id"));
        }
    }

    [Fact]
    public async Task Without_a_token_nothing_is_done()
    {
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/agents/register"), (HttpMethod.Get, "/agents"), (HttpMethod.Get, "/agents/agent-1"), (HttpMethod.Delete, "/agents/agent-1"),
            (HttpMethod.Post, "/agents/agent-1/heartbeat"), (HttpMethod.Post, "/tokens/refresh"), (HttpMethod.Post, "/auth/agent/validate_compliance"),
        })
        {
            AssertProblem(
                await CallAsync(method, path, null), 401, "authentication-failed", "Authentication Failed", "AUTH_REQUIRED",
                "Authentication required - missing or invalid Authorization header");
        }
    }

    [Fact]
    public async Task Temp_token_opens_nothing_but_registration()
    {
        var id = NewId();
        var temp = await TempAsync(id, await NewKeyAsync());

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/agents"), (HttpMethod.Get, $"/agents/{id}"), (HttpMethod.Delete, $"/agents/{id}"), (HttpMethod.Post, $"/agents/{id}/heartbeat"),
            (HttpMethod.Post, "/tokens/refresh"), (HttpMethod.Get, "/dashboard/tokens"), (HttpMethod.Get, "/auth/session_status"),
        })
        {
            var answer = await CallAsync(method, path, temp);
            Assert.Equal((401, "WRONG_TOKEN_TYPE"), (answer.Status, answer.Text("error_code")));
        }

        Assert.Equal("WRONG_TOKEN_TYPE", (await CallAsync(HttpMethod.Post, "/auth/validate", null, new { token = temp })).Text("error_code"));
        Assert.False((await CallAsync(HttpMethod.Get, "/tokens/validate", temp)).Body.GetProperty("valid").GetBoolean());
        Assert.Equal(401, (await CallAsync(HttpMethod.Get, "/verify", temp)).Status);
    }

    [Fact]
    public async Task Agents_token_opens_nothing_of_operators()
    {
        var token = await RegisterAsync(NewId());

        foreach (var path in new[] { "/dashboard/agents", "/dashboard/agent-keys", "/dashboard/tokens", "/auth/session_status" })
        {
            Assert.Equal("WRONG_TOKEN_TYPE", (await CallAsync(HttpMethod.Get, path, token)).Text("error_code"));
        }

        Assert.Equal("WRONG_TOKEN_TYPE", (await CallAsync(HttpMethod.Post, "/auth/agent/validate_compliance", token)).Text("error_code"));
    }

    [Fact]
    public async Task Broken_tokens_are_named()
    {
        var token = await RegisterAsync(NewId());

        Assert.Equal("MALFORMED_TOKEN", (await CallAsync(HttpMethod.Get, "/agents", "no-token")).Text("error_code"));
        var forged = token[..^6] + (token[^6] is 'A' ? 'B' : 'A') + token[^5..];
        var problem = await CallAsync(HttpMethod.Post, "/tokens/refresh", forged);
        Assert.Equal((401, "INVALID_SIGNATURE"), (problem.Status, problem.Text("error_code")));
    }

    [Fact]
    public async Task Registration_names_every_field_that_is_wrong()
    {
        var id = NewId();
        var temp = await TempAsync(id, await NewKeyAsync());
        var seed = new { agent_id = id, name = "My Agent", agent_type = "processing", endpoint = "ftp://x", public_key = "your-public-key", metadata = new { } };

        var problem = await CallAsync(HttpMethod.Post, "/agents/register", temp, seed);

        Assert.Equal((422, "VALIDATION_FAILED"), (problem.Status, problem.Text("error_code")));
        Assert.Equal(
            ["agent_type", "capabilities", "communication_mode", "context_brief", "endpoint", "metadata", "owner", "public_key", "version"],
            problem.Body.GetProperty("validation_errors").EnumerateArray().Select(error => error.GetProperty("field").GetString())
                .Order(StringComparer.Ordinal));
        var other = Registration(id);
        other["agent_type"] = "security";
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, "/agents/register", temp, other)).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, "/agents/register", temp, new { name = "x" })).Status);
        Assert.Equal(200, (await CallAsync(HttpMethod.Post, "/agents/register", temp, Registration(id))).Status);
    }

    [Fact]
    public async Task List_is_filtered_as_ARCP_filters()
    {
        var (id, mark) = (NewId(), "cap " + Guid.CreateVersion7().ToString("N"));
        var registration = Registration(id);
        registration["capabilities"] = new[] { mark, "scan" };
        var token = (await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(id, await NewKeyAsync()), registration)).Text("access_token");

        Assert.Equal([id], await IdsAsync($"capabilities={Uri.EscapeDataString(mark)}"));
        Assert.Equal([id], await IdsAsync($"capabilities=nothing&capabilities={Uri.EscapeDataString(mark)}&include_metrics=true&status=alive&agent_type=testing"));
        Assert.Empty(await IdsAsync($"capabilities={Uri.EscapeDataString(mark)}&status=dead"));
        Assert.Empty(await IdsAsync($"capabilities={Uri.EscapeDataString(mark)}&agent_type=security"));
        Assert.Empty(await IdsAsync("status=sleeping"));

        async Task<List<string>> IdsAsync(string query) =>
            [.. (await CallAsync(HttpMethod.Get, $"/agents?{query}", token)).Body.EnumerateArray().Select(agent => agent.GetProperty("agent_id").GetString()!)];
    }

    [Fact]
    public async Task Reviewers_look_and_administrators_remove()
    {
        var id = NewId();
        var (token, admin) = (await RegisterAsync(id), await AdminAsync());
        var reviewer = await Signet.LogInAsync(await Signet.AddOperatorAsync("r" + Guid.CreateVersion7().ToString("N"), Roles.Reviewer));
        var support = await Signet.LogInAsync(await Signet.AddOperatorAsync("s" + Guid.CreateVersion7().ToString("N"), Roles.Support));

        Assert.Equal(200, (await CallAsync(HttpMethod.Get, $"/agents/{id}", reviewer)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Get, $"/agents/{id}", support)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Post, $"/agents/{id}/heartbeat", reviewer)).Status);
        Assert.Equal(403, (await CallAsync(HttpMethod.Delete, $"/agents/{id}", reviewer)).Status);
        var removed = await CallAsync(HttpMethod.Delete, $"/agents/{id}", admin);
        Assert.StartsWith("admin (u", removed.Text("unregistered_by"), StringComparison.Ordinal);
        Assert.Equal("TOKEN_REVOKED", (await CallAsync(HttpMethod.Get, "/agents", token)).Text("error_code"));
        AssertProblem(
            await CallAsync(HttpMethod.Delete, $"/agents/{id}", admin), 404, "agent-not-found", "Agent Not Found", "AGENT_NOT_FOUND", $"Agent {id} not found", "agent_id");
        AssertProblem(
            await CallAsync(HttpMethod.Post, $"/agents/{id}/heartbeat", admin), 404, "agent-not-found", "Agent Not Found", "AGENT_NOT_FOUND", $"Agent {id} not found", "agent_id");
    }

    [Fact]
    public async Task Operators_token_is_renewed_within_its_session()
    {
        var admin = await AdminAsync();
        var renewed = (await CallAsync(HttpMethod.Post, "/tokens/refresh", admin)).Text("access_token");

        Assert.Equal(200, (await CallAsync(HttpMethod.Get, "/auth/session_status", renewed)).Status);
        Assert.Equal(200, (await CallAsync(HttpMethod.Post, "/auth/logout", admin)).Status);
        Assert.Equal(401, (await CallAsync(HttpMethod.Get, "/auth/session_status", renewed)).Status);
    }

    [Fact]
    public async Task Cookie_of_a_session_opens_no_api_and_a_browser_gets_the_page()
    {
        var cookie = await Signet.SignInAsync(await Signet.AddOperatorAsync("b" + Guid.CreateVersion7().ToString("N"), Roles.Administrator));

        using var page = await Signet.GetPageAsync("/agents", cookie);
        Assert.Equal((200, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal(401, (await CallAsync(HttpMethod.Get, "/agents", null, null, ("Cookie", cookie))).Status);
    }

    [Fact]
    public async Task Configuration_and_health_say_what_is_true()
    {
        var configuration = await CallAsync(HttpMethod.Get, "/.well-known/arcp-configuration", null);
        Assert.Equal(
            ("http://localhost", "http://localhost/.well-known/jwks.json", "http://localhost/agents/register", false),
            (configuration.Text("issuer"), configuration.Text("jwks_uri"), configuration.Text("registration_endpoint"),
                configuration.Body.GetProperty("three_phase_registration_enabled").GetBoolean()));
        var health = await CallAsync(HttpMethod.Get, "/health", null);
        Assert.Equal((200, "healthy", "Signet"), (health.Status, health.Text("status"), health.Text("service")));
        Assert.Equal(["service", "status", "timestamp", "version"], health.Body.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }
}
