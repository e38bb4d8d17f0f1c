using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Sessions through the API: listed, looked at, ended one by one or all at once.</summary>
public sealed class SessionTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_listed_and_after_its_end_its_token_is_refused()
    {
        using var other = await signet.Process.LoginAsync();
        var name = await CurrentAsync(other);
        var listed = await signet.Administrator.GetJsonAsync($"/dashboard/sessions?q={name}");
        Assert.Equal(("api", "open", "admin"), (Text(listed, "kind"), Text(listed, "state"), Text(listed, "operator")));

        var trial = await EndAsync(signet.Administrator, $"/dashboard/sessions/{name}", new { dry_run = true }, 200);
        Assert.False(trial.GetProperty("already").GetBoolean());
        await other.GetJsonAsync("/dashboard/sessions?limit=1");

        var ended = await EndAsync(signet.Administrator, $"/dashboard/sessions/{name}", new { reason = "lost laptop" }, 200);
        Assert.Equal("revoked", ended.GetProperty("end_reason").GetString());
        await other.GetJsonAsync("/dashboard/sessions", 401);
        var again = await EndAsync(signet.Administrator, $"/dashboard/sessions/{name}?reason=once+more", null, 200);
        Assert.True(again.GetProperty("already").GetBoolean());

        var detail = await signet.Administrator.GetJsonAsync($"/dashboard/sessions/{name}");
        var end = detail.GetProperty("history").EnumerateArray().Single(moment => moment.GetProperty("name").GetString() == "session.ended");
        Assert.Equal(("lost laptop", "admin"), (end.GetProperty("reason").GetString(), end.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Nothing_of_an_answer_can_be_used_in_the_place_of_a_session()
    {
        using var other = await signet.Process.LoginAsync();
        var detail = await signet.Administrator.GetJsonAsync($"/dashboard/sessions/{await CurrentAsync(other)}");

        Assert.Equal(
            ["fingerprint"],
            detail.GetProperty("session").GetProperty("binding").EnumerateArray().Select(signal => signal.GetString()));
        Assert.DoesNotContain("hash", detail.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stamp", detail.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_session_that_asks_is_not_ended()
    {
        var own = await CurrentAsync(signet.Administrator);

        var problem = await EndAsync(signet.Administrator, $"/dashboard/sessions/{own}", new { reason = "tidy up" }, 409);

        Assert.Equal("CONFLICT", problem.GetProperty("error_code").GetString());
        await signet.Administrator.GetJsonAsync("/dashboard/sessions?limit=1");
    }

    [Fact]
    public async Task All_of_an_operator_end_but_the_one_that_asks()
    {
        await using var alone = await SignetProcess.StartAsync();
        using var asking = await alone.LoginAsync();
        using var first = await alone.LoginAsync();
        using var second = await alone.LoginAsync();

        var trial = await EndAsync(asking, "/dashboard/sessions?operator=admin", new { dry_run = true }, 200);
        Assert.Equal(2, trial.GetProperty("ended").GetInt32());
        var ended = await EndAsync(asking, "/dashboard/sessions?operator=ADMIN", new { reason = "moving house" }, 200);

        Assert.Equal(2, ended.GetProperty("ended").GetInt32());
        await first.GetJsonAsync("/dashboard/sessions", 401);
        await second.GetJsonAsync("/dashboard/sessions", 401);
        await asking.GetJsonAsync("/dashboard/sessions?state=open");
        await EndAsync(asking, "/dashboard/sessions?operator=nobody", new { reason = "moving house" }, 404);
    }

    [Fact]
    public async Task One_login_too_many_ends_the_oldest_session()
    {
        await using var alone = await SignetProcess.StartAsync(null, ("Sessions__MostOpenAtApi", "2"));
        using var first = await alone.LoginAsync();
        using var second = await alone.LoginAsync();
        using var third = await alone.LoginAsync();

        await first.GetJsonAsync("/dashboard/sessions", 401);
        var ended = await second.GetJsonAsync("/dashboard/sessions?state=ended");
        Assert.Equal("displaced", Text(ended, "end_reason"));
    }

    [Theory]
    [InlineData("/dashboard/sessions?state=asleep")]
    [InlineData("/dashboard/sessions?kind=7")]
    [InlineData("/dashboard/sessions?limit=0")]
    [InlineData("/dashboard/sessions?limit=201")]
    [InlineData("/dashboard/sessions?cursor=!!")]
    public Task A_wrong_filter_is_named(string path) => signet.Administrator.GetJsonAsync(path, 422);

    [Theory]
    [InlineData("/dashboard/sessions/no-such-session", 404)]
    [InlineData("/dashboard/sessions", 422)]
    public async Task What_is_not_there_is_not_ended(string path, int status)
    {
        var problem = await EndAsync(signet.Administrator, path, new { reason = "why not" }, status);

        Assert.Equal(status is 404 ? "NOT_FOUND" : "VALIDATION_FAILED", problem.GetProperty("error_code").GetString());
    }

    [Fact]
    public Task An_end_needs_a_reason() => EndAsync(signet.Administrator, "/dashboard/sessions/no-such-session", new { reason = "no" }, 422);

    private static async Task<string> CurrentAsync(HttpClient client)
    {
        var open = await client.GetJsonAsync("/dashboard/sessions?state=open&kind=api&limit=200");
        return open.GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("is_current").GetBoolean()).GetProperty("id").GetString()!;
    }

    private static string? Text(JsonElement page, string member) => page.GetProperty("items")[0].GetProperty(member).GetString();

    private static async Task<JsonElement> EndAsync(HttpClient client, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await client.SendAsync(request, Stop);
        return await answer.ReadAsync(status);
    }
}
