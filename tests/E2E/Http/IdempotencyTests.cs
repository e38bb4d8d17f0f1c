using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>A request to mint that is sent twice, because its answer was lost, mints once.</summary>
public sealed class IdempotencyTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_request_twice_mints_once_and_names_the_token()
    {
        var (key, subject) = (Guid.CreateVersion7().ToString("N"), $"once-{Guid.CreateVersion7():N}");

        var first = await PostAsync("/dashboard/tokens", key, new { subject }, 201);
        var second = await PostAsync("/dashboard/tokens", key, new { subject }, 409);

        Assert.Equal("CONFLICT", second.GetProperty("error_code").GetString());
        Assert.Equal(first.GetProperty("jti").GetString(), second.GetProperty("jti").GetString());
        Assert.Equal(1, (await signet.Administrator.GetJsonAsync($"/dashboard/tokens?subject={subject}")).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var key = Guid.CreateVersion7().ToString("N");
        await PostAsync("/dashboard/tokens", key, new { subject = "one" }, 201);

        var other = await PostAsync("/dashboard/tokens", key, new { subject = "two" }, 422);
        await PostAsync("/tokens/mint", key, new { user_id = "one", agent_id = "agent-7" }, 422);

        Assert.Equal("Idempotency-Key", other.GetProperty("validation_errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Minting_for_an_agent_keeps_to_it_too()
    {
        var key = Guid.CreateVersion7().ToString("N");
        var body = new { user_id = "dev", agent_id = "agent-7" };
        var first = await PostAsync("/tokens/mint", key, body, 200);

        var second = await PostAsync("/tokens/mint", key, body, 409);

        using var valid = await signet.Anybody.ValidateAsync(first.GetProperty("access_token").GetString()!);
        Assert.Equal(
            (await valid.ReadAsync(200)).GetProperty("payload").GetProperty("jti").GetString(), second.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task What_minted_nothing_may_be_repeated_with_the_same_key()
    {
        var key = Guid.CreateVersion7().ToString("N");
        await PostAsync("/dashboard/tokens", key, new { subject = "operator:admin" }, 422);
        await PostAsync("/dashboard/tokens", key, new { subject = "a", dry_run = true }, 200);

        await PostAsync("/dashboard/tokens", key, new { subject = "a" }, 201);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public async Task A_key_that_is_none_is_refused(string key) =>
        await PostAsync("/dashboard/tokens", key, new { subject = "a" }, 400);

    private async Task<JsonElement> PostAsync(string path, string key, object body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await signet.Administrator.SendAsync(request, Stop);
        return await answer.ReadAsync(status);
    }
}
