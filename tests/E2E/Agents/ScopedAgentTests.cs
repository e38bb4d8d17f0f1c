using System.Net;
using System.Text;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Agents;

/// <summary>The sample agent with tokens of a real Signet: who may do what, how it says so, and what others read of it.</summary>
public sealed class ScopedAgentTests(SharedSignet signet, SharedAgent shared) : IClassFixture<SharedAgent>
{
    private const string BasicNeeded = "❌ Access denied. This feature requires 'basic' scope. You have: ";

    private AgentProcess Agent => shared.Process;

    // The table of AgentUp.
    [Theory]
    [InlineData("", "public_echo", true)]
    [InlineData("basic", "basic_assistant", true)]
    [InlineData("", "basic_assistant", false)]
    [InlineData("basic premium", "premium_analyzer", true)]
    [InlineData("basic", "premium_analyzer", false)]
    [InlineData("basic premium admin", "admin_status", true)]
    [InlineData("basic premium", "admin_status", false)]
    public async Task Skill_answers_those_who_hold_its_scope(string scopes, string skillId, bool isAllowed)
    {
        var (status, text) = await Agent.AskAsync(await MintAsync(scopes), skillId);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(isAllowed, text is not null && !text.StartsWith('❌'));
    }

    [Theory]
    [InlineData("", "basic_assistant", BasicNeeded + "none")]
    [InlineData("public other", "basic_assistant", BasicNeeded + "public, other")]
    [InlineData("basic", "premium_analyzer", "❌ Access denied. Premium analyzer requires 'premium' scope. Consider upgrading your access level.")]
    [InlineData("public", "premium_analyzer", "❌ Access denied. This feature requires 'premium' scope. You have: public")]
    [InlineData("basic premium", "admin_status", "❌ Administrative access denied. Requires 'admin' scope. Current scopes: basic, premium")]
    [InlineData("", null, "Echo: good morning (from user user:ada)")]
    [InlineData("basic", "basic_assistant", "👋 Hello user:ada! You said: good morning")]
    public async Task Answer_is_in_the_words_of_agents_of_this_kind(string scopes, string? skillId, string expected) =>
        Assert.Equal(expected, (await Agent.AskAsync(await MintAsync(scopes), skillId)).Text);

    [Fact]
    public async Task Bad_and_missing_tokens_are_refused_with_a_challenge()
    {
        using var missing = await Agent.PostAsync(null, new { });
        using var foreign = await Agent.PostAsync((await signet.Administrator.MintAsync("user:ada")).Token, new { });

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (missing.StatusCode, missing.Headers.WwwAuthenticate.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        Assert.StartsWith("Bearer error=\"invalid_token\"", foreign.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"message/shout"}""", """{"id":1,"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found","data":"Unknown method: message/shout"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"tasks/get","params":{"id":"x"}}""", """{"id":"a","jsonrpc":"2.0","error":{"code":-32001,"message":"Task not found"}}""")]
    [InlineData("""{"id":1}""", """{"id":null,"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"}}""")]
    [InlineData("[]", """{"id":null,"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud83d"}""", """{"id":null,"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"message/send","params":{"message":{"messageId":"m","parts":[{"kind":"text","text":"hi"},{"\udc00":1}]}}}""", """{"id":null,"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"}}""")]
    [InlineData("{", """{"id":null,"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"}}""")]
    public async Task Call_that_makes_no_sense_is_an_error_of_the_protocol(string body, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", await MintAsync(""));
        using var answer = await Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/.well-known/agent.json")]
    [InlineData("/.well-known/agent-card.json")]
    public async Task Card_says_how_to_prove_oneself(string path)
    {
        var card = await Agent.Http.GetJsonAsync(path);

        Assert.Equal(
            """{"BearerAuth":{"type":"http","scheme":"bearer","description":"Bearer token for authentication","bearerFormat":null}}""",
            card.GetProperty("securitySchemes").GetRawText());
        Assert.Equal("""[{"BearerAuth":[]}]""", card.GetProperty("security").GetRawText());
    }

    [Fact]
    public async Task The_a2a_sdk_reads_the_card_and_calls_the_skills()
    {
        await using var client = NpmClient.Start("a2a.mjs", Agent.Address.ToString(), await MintAsync("basic"));

        var found = await client.FoundAsync();

        var (card, task) = (found.GetProperty("card"), found.GetProperty("task"));
        Assert.Equal(("scoped-agent", "0.3.0"), (card.GetProperty("name").GetString(), card.GetProperty("version").GetString()));
        Assert.Equal("""["public_echo","basic_assistant","premium_analyzer","admin_status"]""", card.GetProperty("skills").GetRawText());
        Assert.True(found.GetProperty("same").GetBoolean());
        Assert.Equal(
            """{"kind":"task","state":"completed","context":"context-1","history":"message-1","name":"scoped-agent-result","text":"👋 Hello user:ada! You said: good morning"}""",
            task.GetRawText());
        Assert.StartsWith("❌", found.GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.Equal("TaskNotFoundJSONRPCError", found.GetProperty("lost").GetString());
    }

    [Fact]
    public async Task Token_shown_to_the_agent_counts_as_presented_there()
    {
        var (token, tokenId) = await MintRowAsync("");
        await Agent.AskAsync(token, "public_echo");

        await Eventually.AsyncTrue(async () => (await signet.Administrator.GetJsonAsync($"/dashboard/tokens/{tokenId}")).GetRawText()
            .Contains($"resource {Agent.ClientId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoked_token_is_refused_within_seconds_and_others_are_not()
    {
        var ((token, tokenId), (other, _)) = (await MintRowAsync("basic"), await MintRowAsync("basic"));
        Assert.Equal(HttpStatusCode.OK, (await Agent.AskAsync(token, "basic_assistant")).Status);

        using var revoked = await signet.Administrator.RevokeAsync(tokenId);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        await RefusedWithinAsync(TimeSpan.FromSeconds(5), token);
        Assert.Equal(HttpStatusCode.OK, (await Agent.AskAsync(other, "basic_assistant")).Status);
    }

    [Fact]
    public async Task Everything_of_a_subject_is_refused_within_seconds()
    {
        var (token, _) = await MintRowAsync("basic", "user:grace");
        Assert.Equal(HttpStatusCode.OK, (await Agent.AskAsync(token, "basic_assistant")).Status);

        await signet.Administrator.PostJsonAsync(
            "/dashboard/tokens/revocations", new { cut_off = new { scope = "subject", value = "user:grace" }, reason = "a test" }, 202);

        await RefusedWithinAsync(TimeSpan.FromSeconds(5), token);
    }

    private async Task RefusedWithinAsync(TimeSpan patience, string token)
    {
        // Signet is asked every second; a busy machine is given some more.
        using var limit = new CancellationTokenSource(patience);
        while ((await Agent.AskAsync(token, "basic_assistant")).Status is not HttpStatusCode.Unauthorized)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private async Task<string> MintAsync(string scopes) => (await MintRowAsync(scopes)).Token;

    private Task<(string Token, string TokenId)> MintRowAsync(string scopes, string subject = "user:ada") =>
        signet.Administrator.MintForAsync(AgentProcess.Audience, scopes, subject);
}
