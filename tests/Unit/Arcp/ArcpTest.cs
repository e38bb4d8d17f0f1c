using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Arcp;

/// <summary>The whole program, called as ARCP's clients call it. Every test has keys and agents of its own.</summary>
public abstract class ArcpTest(SharedSignet shared)
{
    private protected WholeSignet Signet => shared.Signet;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A key that nobody used.</summary>
    private protected async Task<string> NewKeyAsync() => Assert.IsType<AgentKeyChange.Changed>(
        await Signet.Services.GetRequiredService<AgentKeys>()
            .CreateAsync(new AgentKeyDraft("Tests", null, []), null, Actor.OfCommand("test"), Stop)).Secret!;

    private protected static string NewId() => "agent-" + Guid.CreateVersion7().ToString("N");

    private protected async Task<string> TempAsync(string agentId, string key) =>
        (await CallAsync(HttpMethod.Post, "/auth/agent/request_temp_token", null, Asking(agentId, key))).Text("temp_token");

    private protected static object Asking(string agentId, string key) => new { agent_id = agentId, agent_type = "testing", agent_key = key };

    /// <summary>Registers an agent with a key of its own, and gives its token.</summary>
    private protected async Task<string> RegisterAsync(string agentId)
    {
        var answer = await CallAsync(HttpMethod.Post, "/agents/register", await TempAsync(agentId, await NewKeyAsync()), Registration(agentId));
        Assert.Equal(200, answer.Status);
        return answer.Text("access_token");
    }

    private protected async Task<string> AdminAsync() =>
        await Signet.LogInAsync(await Signet.AddOperatorAsync("u" + Guid.CreateVersion7().ToString("N"), Roles.Administrator));

    private protected static Dictionary<string, object> Registration(string agentId) => new(StringComparer.Ordinal)
    {
        ["agent_id"] = agentId,
        ["name"] = "Test agent",
        ["agent_type"] = "testing",
        ["endpoint"] = "https://agent.example.com:9000",
        ["context_brief"] = "Does what tests need.",
        ["capabilities"] = new[] { "scan", "report" },
        ["owner"] = "Tests",
        ["public_key"] = new string('k', 44),
        ["metadata"] = new { region = "eu", tags = new[] { "a" } },
        ["version"] = "1.0.0",
        ["communication_mode"] = "remote",
    };

    private protected async Task<Answer> CallAsync(HttpMethod method, string path, string? token, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Signet.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return new Answer(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, text is "" ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>A refusal as problem details with exactly these members beyond those that all have.</summary>
    private protected static void AssertProblem(Answer answer, int status, string slug, string title, string code, string detail, params string[] members)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal(
            (status, $"http://localhost/docs/problems/{slug}", title, code, detail),
            (answer.Body.GetProperty("status").GetInt32(), answer.Text("type"), answer.Text("title"), answer.Text("error_code"), answer.Text("detail")));
        Assert.StartsWith("req_", answer.Text("request_id"), StringComparison.Ordinal);
        Assert.EndsWith("Z", answer.Text("timestamp"), StringComparison.Ordinal);
        Assert.StartsWith("/", answer.Text("instance"), StringComparison.Ordinal);
        string[] common = ["type", "title", "status", "detail", "instance", "timestamp", "request_id", "error_code"];
        Assert.Equal(
            members.Order(StringComparer.Ordinal),
            answer.Body.EnumerateObject().Select(member => member.Name).Except(common).Order(StringComparer.Ordinal));
    }

    private protected sealed record Answer(int Status, string? Type, JsonElement Body)
    {
        public string Text(string name) => Body.GetProperty(name).GetString()!;
    }
}
